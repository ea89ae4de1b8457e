import { domainToASCII } from 'node:url'
import type { Normalization } from './normalization.ts'

/** RFC 5321 §4.5.3.1: 64 octets before the @, 254 in all (RFC 3696 erratum 1690), 63 a label. */
const LOCAL_LIMIT = 64
const ADDRESS_LIMIT = 254
const LABEL_LIMIT = 63

const LOCAL_MARKS = new Set([..."!#$%&'*+-/=?^_`{|}~"].map((mark) => mark.charCodeAt(0)))

/**
 * Spells an e-mail address as it is stored: lower-case, NFC, the domain in ASCII (punycode).
 *
 * Takes off blanks, `mailto:` with its query, and a display name before angle brackets. Dots and `+tags` stay:
 * whether they matter is the mail host's business (see `deriveEmailBase`). Validity is the dot-atom form of
 * RFC 5322 with a host name that has a top-level domain, as `validator.isEmail` accepts on ordinary input;
 * quoted local parts and IP literals are refused. Issue `email.invalid`. Idempotent; linear.
 */
export function normalizeEmail(raw: string): Normalization<string> {
  let text = raw.trim()
  if (text === '') return undefined
  if (text.length > 4 * ADDRESS_LIMIT) return INVALID
  if (text.charCodeAt(text.length - 1) === 62) text = text.slice(text.lastIndexOf('<') + 1, -1).trim()
  if (text.length > 7 && text.slice(0, 7).toLowerCase() === 'mailto:') {
    const query = text.indexOf('?')
    text = text.slice(7, query < 0 ? undefined : query)
  }
  text = text.toLowerCase()
  const at = text.lastIndexOf('@')
  if (at < 1) return INVALID
  let local = text.slice(0, at)
  let domain = text.slice(at + 1)
  if (!isAscii(text)) {
    local = local.normalize('NFC').toLowerCase().normalize('NFC')
    if (!isAscii(domain)) domain = domainToASCII(domain.normalize('NFC'))
  }
  if (local.length + 1 + domain.length > ADDRESS_LIMIT || !isLocalPart(local) || !isHostName(domain)) return INVALID
  return { value: `${local}@${domain}` }
}

const INVALID = { issue: 'email.invalid' } as const

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false
  return true
}

function isLocalPart(local: string): boolean {
  let octets = 0
  let afterDot = true
  for (let i = 0; i < local.length; i++) {
    const code = local.charCodeAt(i)
    if (code === 46) {
      if (afterDot) return false
      afterDot = true
      octets++
      continue
    }
    afterDot = false
    if ((code >= 97 && code <= 122) || (code >= 48 && code <= 57) || LOCAL_MARKS.has(code)) octets++
    // The ranges of validator.isEmail: no C1 controls, no surrogates, no private use, no non-characters.
    else if (
      (code >= 0xa1 && code <= 0xd7ff) ||
      (code >= 0xf900 && code <= 0xfdcf) ||
      (code >= 0xfdf0 && code < 0xfff0)
    ) {
      octets += code < 0x800 ? 2 : 3
    } else return false
  }
  return !afterDot && octets <= LOCAL_LIMIT
}

function isHostName(domain: string): boolean {
  let labelStart = 0
  let labels = 0
  let digitsOnly = true
  for (let i = 0; i <= domain.length; i++) {
    const code = i === domain.length ? 46 : domain.charCodeAt(i)
    if (code === 46) {
      const length = i - labelStart
      if (length === 0 || length > LABEL_LIMIT) return false
      if (domain.charCodeAt(labelStart) === 45 || domain.charCodeAt(i - 1) === 45) return false
      labels++
      if (i < domain.length) {
        labelStart = i + 1
        digitsOnly = true
      }
    } else if (code >= 97 && code <= 122) digitsOnly = false
    else if (!((code >= 48 && code <= 57) || code === 45)) return false
  }
  return labels > 1 && !digitsOnly && isTopLevel(domain, labelStart)
}

/** Letters only, at least two, or punycode. */
function isTopLevel(domain: string, start: number): boolean {
  if (domain.length - start < 2) return false
  if (domain.startsWith('xn--', start)) return true
  for (let i = start; i < domain.length; i++) {
    const code = domain.charCodeAt(i)
    if (code < 97 || code > 122) return false
  }
  return true
}
