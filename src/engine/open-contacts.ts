import { jaroWinkler } from '../matching/jaro-winkler.ts'
import { splitEmail, type SplitEmail } from '../matching/split-email.ts'
import { isPlaceholder } from '../quality/is-placeholder.ts'
import { deriveListAttribute } from './derive-list-attribute.ts'
import type { EvidenceDraft } from './evidence.ts'
import { hashText } from './hash-text.ts'
import { openLetterFilter } from './letter-filter.ts'
import { isOneSlip } from './is-one-slip.ts'
import { keyByValue, openValueComparison } from './open-value-comparison.ts'
import { spreadAgreement } from './spread-levels.ts'
import type { Column } from './table.ts'

const LOCAL = 1
const SIMILAR = 2
const DIFFERENT = 3
const ALIKE_LOCAL = 0.92

/** Adds an e-mail column. Mailboxes that belong to nobody say nothing; those of a function are common, not special. */
export function openEmail(draft: EvidenceDraft, name: string, columns: readonly Column[], rowCount: number): void {
  const nobody: SplitEmail = splitEmail('')
  const attribute = deriveListAttribute(columns, rowCount, nobody, ([cell = '']) => {
    const text = cleanEmail(cell)
    if (text === '' || isPlaceholder('email', text)) return undefined
    const email = splitEmail(text)
    return { key: email.base, item: email }
  })
  const comparison = draft.comparisons.length
  const whole = openLetterFilter(attribute.items.map(({ base }) => base))
  const before = openLetterFilter(attribute.items.map((email) => email.local))
  const opened = openValueComparison(draft, name, 'email', attribute, compareEmails, {
    remember: false,
    isDifferent: (a, b) => !whole.mayBeSlip(a, b) && !before.mayBeAlike(a, b, ALIKE_LOCAL),
  })
  draft.comparisons.push(opened)
  draft.atoms.push(
    {
      name,
      comparison,
      keyOf: keyByValue(attribute, (_, key) => hashText(key)),
      agreement: spreadAgreement(opened.levels, 1, {}),
    },
    {
      name: `${name} before the @`,
      comparison,
      keyOf: keyByValue(attribute, ({ local, isRole }) => (isRole || local.length < 5 ? 0 : hashText(local))),
      agreement: spreadAgreement(opened.levels, 1, { local: 1, similar: 0.3 }),
    },
  )
}

/** `"Jay Jones" <jjones@example.com>` is an address, too. */
function cleanEmail(cell: string): string {
  const open = cell.lastIndexOf('<')
  const close = cell.lastIndexOf('>')
  const text = open >= 0 && close > open ? cell.slice(open + 1, close) : cell
  return text.includes('@') ? text.trim().toLowerCase() : ''
}

/** How far two different mailboxes agree, as a place among the levels of `email`. Symmetric. */
function compareEmails(a: SplitEmail, b: SplitEmail): number {
  if (a.isRole || b.isRole) return DIFFERENT
  if (a.local === b.local) return a.local.length >= 5 ? LOCAL : DIFFERENT
  if (Math.abs(a.base.length - b.base.length) > 4) return DIFFERENT
  if (isOneSlip(a.base, b.base)) return SIMILAR
  if (a.local.charCodeAt(0) !== b.local.charCodeAt(0) && a.local.at(-1) !== b.local.at(-1)) return DIFFERENT
  return jaroWinkler(a.local, b.local) >= ALIKE_LOCAL && jaroWinkler(a.domain, b.domain) >= 0.85 ? SIMILAR : DIFFERENT
}

/** Digits of a number that tell it apart; longer ones carry a country code. */
const SIGNIFICANT = 10
const TAIL = 7

/** Adds a telephone column: its significant digits, so that a country code guessed or left out does not matter. */
export function openPhone(draft: EvidenceDraft, name: string, columns: readonly Column[], rowCount: number): void {
  const attribute = deriveListAttribute(columns, rowCount, '', ([cell = '']) => {
    const digits = cell.replace(/\D+/g, '').replace(/^0+/, '')
    if (digits.length < 5 || isPlaceholder('phone', digits)) return undefined
    const key = digits.slice(-SIGNIFICANT)
    return { key, item: key }
  })
  const comparison = draft.comparisons.length
  const opened = openValueComparison(draft, name, 'phone', attribute, comparePhones, { remember: false })
  draft.comparisons.push(opened)
  draft.atoms.push(
    {
      name,
      comparison,
      keyOf: keyByValue(attribute, (_, key) => hashText(key)),
      agreement: spreadAgreement(opened.levels, 1, {}),
    },
    {
      name: `${name} ending`,
      comparison,
      keyOf: keyByValue(attribute, (digits) => (digits.length < TAIL ? 0 : hashText(digits.slice(-6)))),
      agreement: spreadAgreement(opened.levels, 1, { tail: 1, slip: 0.35 }),
    },
  )
}

function comparePhones(a: string, b: string): number {
  if (a.length >= TAIL && b.length >= TAIL && a.endsWith(b.slice(-TAIL))) return 1
  return a.length >= TAIL && isOneSlip(a, b) ? 2 : DIFFERENT
}
