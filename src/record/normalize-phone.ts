import parsePhoneNumber, { isSupportedCountry } from 'libphonenumber-js/max'
import { findBareDigits } from '../quality/find-bare-digits.ts'
import type { Normalization } from './normalization.ts'
import { findCallingPlan, findNationalPlan } from './phone-plan.ts'
import type { PhonePlan } from './phone-plan.ts'

/** E.164 allows 15 digits; prefixes, marks and an extension fit easily in four times that. */
const LENGTH_LIMIT = 60

const INVALID = { issue: 'phone.invalid' } as const

/**
 * Spells a telephone number in E.164 (`+4930901820`), reading national numbers as dialled inside `region`.
 *
 * Valid means that the number belongs to an assigned range of its country (libphonenumber's full metadata);
 * an extension and `tel:` are dropped, `00` is read as `+`, words for digits (`1-800-FLOWERS`) are not read.
 * `undefined` when the text has no digit and no letter.
 * Issue `phone.invalid`. Idempotent whatever the region: an E.164 number does not depend on it.
 */
export function normalizePhone(raw: string, region: string): Normalization<string> {
  if (raw.length > LENGTH_LIMIT) return raw.trim() === '' ? undefined : INVALID
  const bare = findBareDigits(raw)
  let digits = bare ?? ''
  let plus = bare !== undefined && bare.length < raw.length
  let plain = true
  let spoken = false
  for (let i = bare === undefined ? 0 : raw.length; i < raw.length; i++) {
    const code = raw.charCodeAt(i)
    if (code >= 48 && code <= 57) digits += raw[i]
    else if (code === 43 && digits === '' && !plus) plus = true
    else if (!isSeparator(code)) {
      plain = false
      if (code > 63) spoken = true
    }
  }
  if (digits === '' && !spoken) return plus || !plain ? INVALID : undefined
  if (plain) {
    if (!plus && digits.startsWith('00')) {
      plus = true
      digits = digits.slice(2)
    }
    const quick = plus ? readInternational(digits) : readNational(digits, region)
    if (quick !== undefined) return { value: quick }
    return parseSlowly(plus ? `+${digits}` : digits, region)
  }
  return parseSlowly(raw.replace(INVISIBLE, '').trim().replace(/^tel:/i, ''), region)
}

const INVISIBLE = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060\uFEFF]/g

/** Blank, tab, `( ) - . /`, no-break blanks, Unicode hyphens, direction marks of copied contacts. */
function isSeparator(code: number): boolean {
  return (
    code === 32 ||
    code === 9 ||
    code === 40 ||
    code === 41 ||
    (code >= 45 && code <= 47) ||
    code === 0xa0 ||
    code === 0x202f ||
    (code >= 0x2010 && code <= 0x2015) ||
    code === 0x200e ||
    code === 0x202a ||
    code === 0x202c
  )
}

/**
 * The common case without the parser: digits that are valid as they stand, with nothing a parser would strip.
 * National digits that start with the calling code itself are left to it, as it weighs whether the code is doubled.
 */
function readInternational(digits: string): string | undefined {
  for (let length = 1; length <= 3 && length < digits.length; length++) {
    const plan = findCallingPlan(digits.slice(0, length))
    if (plan === undefined) continue
    const national = digits.slice(length)
    if (national.startsWith(plan.callingCode)) return undefined
    return !plan.prefixed.test(national) && isAssigned(plan, national) ? `+${digits}` : undefined
  }
  return undefined
}

function readNational(digits: string, region: string): string | undefined {
  const plan = findNationalPlan(region)
  if (plan === undefined || digits.startsWith(plan.callingCode)) return undefined
  if (!plan.prefixed.test(digits)) return isAssigned(plan, digits) ? `+${plan.callingCode}${digits}` : undefined
  if (plan.trunk === undefined || !digits.startsWith(plan.trunk) || isPossible(plan, digits)) return undefined
  const national = digits.slice(plan.trunk.length)
  return isPossible(plan, national) && isAssigned(plan, national) ? `+${plan.callingCode}${national}` : undefined
}

function isPossible(plan: PhonePlan, national: string): boolean {
  return plan.general.some((pattern) => pattern.test(national))
}

function isAssigned(plan: PhonePlan, national: string): boolean {
  for (const pattern of plan.assigned) if (pattern.test(national)) return true
  return false
}

function parseSlowly(text: string, region: string): Normalization<string> {
  const parsed = parsePhoneNumber(text, {
    extract: false,
    ...(isSupportedCountry(region) && { defaultCountry: region }),
  })
  return parsed?.isValid() === true ? { value: parsed.number } : INVALID
}
