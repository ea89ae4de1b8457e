import type { MaskedSpan } from './masked-span.ts'

/** Length of an IBAN by country (ISO 13616 registry, release 99). */
const IBAN_LENGTHS: ReadonlyMap<string, number> = new Map(
  (
    'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ' +
    'ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 ' +
    'LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 ' +
    'PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30'
  )
    .split(' ')
    .map((entry): [string, number] => [entry.slice(0, 2), Number(entry.slice(2))]),
)

const IBAN_START = /[A-Z]{2}\d{2}/gi

/**
 * The bank accounts in a text: an IBAN of its country's length whose check digits hold (ISO 7064, mod 97-10),
 * in one piece or in groups parted by single blanks or dashes. A random text passes the check one time in 97.
 */
export function findIbans(text: string): MaskedSpan[] {
  const spans: MaskedSpan[] = []
  let free = 0
  for (const match of text.matchAll(IBAN_START)) {
    const length = IBAN_LENGTHS.get(match[0].slice(0, 2).toUpperCase())
    if (length === undefined || match.index < free) continue
    let compact = ''
    let end = match.index
    while (compact.length < length && end < text.length) {
      const character = text[end] ?? ''
      if (/[A-Za-z0-9]/.test(character)) compact += character
      else if (!/[ \u00a0-]/.test(character) || !/[A-Za-z0-9]/.test(text[end + 1] ?? '')) break
      end += 1
    }
    if (compact.length === length && hasIbanCheckDigits(compact.toUpperCase())) {
      spans.push({ kind: 'iban', start: match.index, end })
      free = end
    }
  }
  return spans
}

function hasIbanCheckDigits(iban: string): boolean {
  let remainder = 0
  for (const character of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(character, 36)
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97
  }
  return remainder === 1
}
