import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deriveEmailBase } from '../../src/record/derive-email-base.ts'
import type { Normalization } from '../../src/record/normalization.ts'
import { normalizeAddress } from '../../src/record/normalize-address.ts'
import { normalizeBirthDate } from '../../src/record/normalize-birth-date.ts'
import { normalizeCell } from '../../src/record/normalize-cell.ts'
import { normalizeCountry } from '../../src/record/normalize-country.ts'
import { normalizeCurrency } from '../../src/record/normalize-currency.ts'
import { normalizeEmail } from '../../src/record/normalize-email.ts'
import { normalizeIdentifier } from '../../src/record/normalize-identifier.ts'
import { normalizeName } from '../../src/record/normalize-name.ts'
import { normalizeNumber } from '../../src/record/normalize-number.ts'
import { normalizeOrganisation } from '../../src/record/normalize-organisation.ts'
import { normalizePhone } from '../../src/record/normalize-phone.ts'
import { normalizePostcode } from '../../src/record/normalize-postcode.ts'
import { normalizeSex } from '../../src/record/normalize-sex.ts'
import { normalizeStreet } from '../../src/record/normalize-street.ts'
import { normalizeText } from '../../src/record/normalize-text.ts'
import { normalizeTimestamp } from '../../src/record/normalize-timestamp.ts'
import { normalizeUrl } from '../../src/record/normalize-url.ts'
import { parseFullName } from '../../src/record/parse-full-name.ts'

const asOf = new Date('2026-11-22T00:00:00Z')

function spellStreetLine(raw: string): string | undefined {
  const { street, houseNumber } = normalizeStreet(raw)
  return street === undefined ? houseNumber : houseNumber === undefined ? street : `${street} ${houseNumber}`
}

function formatDate(date: { year: number; month?: number; day?: number } | undefined): string | undefined {
  if (date === undefined) return undefined
  const year = String(date.year).padStart(4, '0')
  const pad = (part: number) => String(part).padStart(2, '0')
  if (date.month === undefined) return year
  return date.day === undefined ? `${year}-${pad(date.month)}` : `${year}-${pad(date.month)}-${pad(date.day)}`
}

const value = <T>(read: Normalization<T>): T | undefined => read?.value

/** Each normalizer from text to the text of its value, `undefined` when there is none. */
const NORMALIZERS: Readonly<Record<string, (raw: string) => string | undefined>> = {
  text: normalizeText,
  cell: normalizeCell,
  name: (raw) => normalizeName(raw)?.join(' '),
  organisation: normalizeOrganisation,
  email: (raw) => value(normalizeEmail(raw)),
  phone: (raw) => value(normalizePhone(raw, 'DE')),
  birthDate: (raw) => formatDate(value(normalizeBirthDate(raw, { order: 'dmy', declared: false, asOf }))),
  timestamp: (raw) => value(normalizeTimestamp(raw, { zone: 'America/New_York' }))?.toISOString(),
  country: (raw) => value(normalizeCountry(raw)),
  currency: (raw) => value(normalizeCurrency(raw, 'CA')),
  sex: (raw) => value(normalizeSex(raw)),
  number: (raw) => value(normalizeNumber(raw))?.toString(),
  url: (raw) => value(normalizeUrl(raw)),
  identifier: (raw) => value(normalizeIdentifier('user_id', raw)),
  postcode: (raw) => normalizePostcode(raw, 'US'),
  street: spellStreetLine,
  city: (raw) => normalizeAddress({ city: raw }).value?.city,
}

const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.string({
    unit: fc.constantFrom(...'aAbZz019 .,-+/@():;\'’"ßŁØĐÆİıéŉＡ１²№ﬁ가か\u0300\u200B\uD800'),
    maxLength: 24,
  }),
  fc.emailAddress(),
  fc.webUrl(),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc.double().map(String),
  fc.constantFrom('Dr. Jürgen O’Brien-Łoś Jr.', '+49 (0)30 901820', 'Hauptstr. 12 a', '1.234,56', 'X GmbH & Co. KG'),
)

const root = process.env['ONEFOLD_DATA'] ?? new URL('../../../shared/data', import.meta.url).pathname
const naughtyFile = `${root}/bad-input/blns/blns.json`
const naughty: readonly string[] = existsSync(naughtyFile) ? JSON.parse(readFileSync(naughtyFile, 'utf8')) : []

describe.each(Object.entries(NORMALIZERS))('normalizing %s', (_, normalize) => {
  it('twice is the same as once', () => {
    fc.assert(
      fc.property(texts, (raw) => {
        const once = normalize(raw)
        if (once !== undefined) expect(normalize(once)).toBe(once)
      }),
      { numRuns: 3_000 },
    )
  })

  it.skipIf(naughty.length === 0)('survives the list of naughty strings, and is idempotent on it', () => {
    for (const raw of naughty) {
      const once = normalize(raw)
      if (once !== undefined) expect(normalize(once)).toBe(once)
    }
  })

  it('takes time in proportion to a text of a hundred thousand characters', () => {
    for (const unit of ['a', '(', ' ', '.', '1', '@', '-', ',', 'é', '(1', '\u0300', '"', "a'", '1 ']) {
      normalize(unit.repeat(100_000 / unit.length))
    }
  })
})

it('a full name of any text is split without a crash', () => {
  fc.assert(fc.property(texts, (raw) => void parseFullName(raw, 'ES')))
  for (const unit of ['(', '"', 'a ', ',', '(a']) parseFullName(unit.repeat(50_000))
})

it('the mailbox behind an address is its own mailbox', () => {
  fc.assert(
    fc.property(fc.emailAddress(), (raw) => {
      const email = normalizeEmail(raw)?.value
      if (email === undefined) return
      const base = deriveEmailBase(email)
      expect(deriveEmailBase(base)).toBe(base)
    }),
  )
})

it('reserves no data of its own: says when the public strings are absent', () => {
  if (naughty.length === 0) console.info(`naughty strings not found below ${root}`)
  expect(naughty.length === 0 || naughty.length > 400).toBe(true)
})

it('a street of words that mean something is spelled the same when it is read again', () => {
  const words = fc.constantFrom(
    ...'st rd bd ave str n west rose court flat unit 12 12a 5th 3/2 1-2 4/12 a b bis blvd street rue de sq ter . -'.split(
      ' ',
    ),
  )
  fc.assert(
    fc.property(fc.array(words, { maxLength: 9 }), fc.constantFrom(' ', '.'), (parts, blank) => {
      const once = spellStreetLine(parts.join(blank))
      if (once !== undefined) expect(spellStreetLine(once)).toBe(once)
    }),
    { numRuns: 20_000 },
  )
})
