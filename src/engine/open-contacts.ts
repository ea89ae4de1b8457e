import { jaroWinkler } from '../matching/jaro-winkler.ts'
import { splitEmail, type SplitEmail } from '../matching/split-email.ts'
import { FREEMAIL_DOMAINS } from '../privacy/freemail-domains.ts'
import { isPlaceholder } from '../quality/is-placeholder.ts'
import { deriveEmailBase } from '../record/derive-email-base.ts'
import { MISSING, type Comparison } from './comparison.ts'
import { deriveListAttribute } from './derive-list-attribute.ts'
import type { EvidenceDraft } from './evidence.ts'
import { hashText } from './hash-text.ts'
import { describeDigits, openDigitFilter } from './digit-filter.ts'
import { describeLetters, openLetterFilter } from './letter-filter.ts'
import { isOneSlip } from './is-one-slip.ts'
import { offerValue } from './offer-value.ts'
import { offerAtom } from './offer-atom.ts'
import { openItems } from './open-items.ts'
import { openValueComparison } from './open-value-comparison.ts'
import { shareBytes } from './share-array.ts'
import { EXACT_LEVELS, spreadAgreement } from './spread-levels.ts'
import type { Column } from './table.ts'
import { openTexts } from './texts.ts'

const LOCAL = 1
const SIMILAR = 2
const NAME = 3
const DIFFERENT = 4
const ALIKE_LOCAL = 0.92
const ALIKE_DOMAIN = 0.85

/** Mailboxes kept open in memory, as a power of 2. */
const MOST_KEPT = 4096

interface Mailbox extends SplitEmail {
  readonly letters: string
  readonly digits: string
}

/** Adds an e-mail column. Mailboxes that belong to nobody say nothing, nor do those of a function of people with names. */
export function openEmail(
  draft: EvidenceDraft,
  name: string,
  columns: readonly Column[],
  rowCount: number,
  areColumnsFixed: boolean,
): void {
  const read = ([cell = '']: readonly string[]): string => {
    const text = cleanEmail(cell)
    return text === '' || isPlaceholder('email', text) ? '' : deriveEmailBase(text)
  }
  const attribute = draft.derive('email', () => deriveListAttribute(columns, rowCount, read, areColumnsFixed))
  const { keys } = attribute
  const comparison = draft.comparisons.length
  const textOf = openTexts(keys)
  const whole = openLetterFilter(draft.derive('letters of email', () => describeLetters(keys.size, textOf)))
  const spelled = openLetterFilter(
    draft.derive('letters of local parts', () => describeLetters(keys.size, (code) => lettersOf(textOf(code)))),
  )
  const mailboxOf = openItems(keys, openMailbox, MOST_KEPT)
  const opened = openValueComparison(draft, name, 'email', attribute, mailboxOf, compareMailboxes, {
    remember: false,
    isDifferent: (a, b) => !whole.mayBeSlip(a, b) && !spelled.mayBeAlike(a, b, ALIKE_LOCAL),
  })
  const names = draft.comparisons.filter(({ kind }) => kind === 'given_name' || kind === 'family_name')
  const nameLevel = opened.levels.length - 2
  const isNamed = (row: number): boolean => names.some(({ isKnown }) => isKnown(row))
  const roles = draft.derive('mailboxes of a function', () => {
    const marks = shareBytes(keys.size)
    for (let code = 1; code < marks.length; code++) marks[code] = splitEmail(textOf(code)).isRole ? 1 : 0
    return marks
  })
  const lists = [attribute.codes, ...(attribute.others ?? [])]
  const sharesOwn = (rowA: number, rowB: number): boolean =>
    lists.some(
      (list) => roles[list[rowA]!] === 0 && list[rowA] !== 0 && lists.some((other) => other[rowB] === list[rowA]),
    )
  const { levelOfShared } = opened
  draft.comparisons.push({
    ...opened,
    ...(levelOfShared && { levelOfShared: (code: number) => (roles[code] === 1 ? MISSING : levelOfShared(code)) }),
    compare: (rowA, rowB) => {
      const level = opened.compare(rowA, rowB)
      // Colleagues share the mailbox of their office: of two people with names it tells where they are, not who.
      if (level >= 0 && level < EXACT_LEVELS && isNamed(rowA) && isNamed(rowB) && !sharesOwn(rowA, rowB)) return MISSING
      // Namesakes have like mailboxes: where the names agree, that the addresses spell them says nothing more.
      return level === nameLevel && names.length === 2 && names.every((given) => agrees(given, rowA, rowB))
        ? MISSING
        : level
    },
  })
  offerAtom(draft, attribute, { name, comparison, agreement: spreadAgreement(opened.levels, 1, {}) }, hashText)
  const agreement = spreadAgreement(opened.levels, 1, { local: 1, similar: 0.3 })
  offerAtom(draft, attribute, { name: `${name} before the @`, comparison, agreement }, (key) => {
    const { local, isRole } = splitMailbox(key)
    return isRole || local.length < 5 ? 0 : hashText(local)
  })
}

/** `"Jay Jones" <jjones@example.com>` is an address, too. */
function cleanEmail(cell: string): string {
  const open = cell.lastIndexOf('<')
  const close = cell.lastIndexOf('>')
  const text = open >= 0 && close > open ? cell.slice(open + 1, close) : cell
  return text.includes('@') ? text.trim().toLowerCase() : ''
}

function agrees({ compare, levels }: Comparison, rowA: number, rowB: number): boolean {
  const level = compare(rowA, rowB)
  return level !== MISSING && levels[level]!.label !== 'different'
}

/** From the mailbox's one spelling only, for whichever row comes first stands for all; dots tell nobody apart. */
function openMailbox(base: string): Mailbox {
  const { text, local, domain, base: own, isRole } = splitMailbox(base)
  return { text, local, domain, base: own, isRole, letters: keepLetters(local), digits: local.replace(/\D/g, '') }
}

function splitMailbox(base: string): SplitEmail {
  const { text, local, domain, base: own, isRole } = splitEmail(base)
  return { text, local: local.includes('.') ? local.replaceAll('.', '') : local, domain, base: own, isRole }
}

/** Letters of the local part. */
function lettersOf(base: string): string {
  return keepLetters(splitEmail(base).local)
}

function keepLetters(text: string): string {
  let letters = ''
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code >= 97 && code <= 122) letters += text[at]!
  }
  return letters
}

/**
 * How far two different mailboxes agree, as a place among the levels of `email`. Local: the same before the @, with
 * a number in it. Similar: one slip, or alike in letters with the same number or at the same uncommon domain. Name:
 * the same in letters but for a slip, which people of one name are. Symmetric.
 */
function compareMailboxes(a: Mailbox, b: Mailbox): number {
  if (a.isRole || b.isRole) return DIFFERENT
  if (a.local === b.local && a.local.length >= 5 && a.digits !== '') return LOCAL
  if (isOneSlip(a.base, b.base)) return SIMILAR
  if (a.letters.length < 5 || b.letters.length < 5 || jaroWinkler(a.letters, b.letters) < ALIKE_LOCAL) return DIFFERENT
  if (a.digits.length >= 2 && a.digits === b.digits) return SIMILAR
  const isUncommon = !FREEMAIL_DOMAINS.has(a.domain) && !FREEMAIL_DOMAINS.has(b.domain)
  if (isUncommon && a.digits === b.digits && jaroWinkler(a.domain, b.domain) >= ALIKE_DOMAIN) return SIMILAR
  return isOneSlip(a.letters, b.letters) ? NAME : DIFFERENT
}

/** Digits of a number that tell it apart; longer ones carry a country code. */
const SIGNIFICANT = 10
const TAIL = 7

/** Adds a telephone column: its significant digits, so that a country code guessed or left out does not matter. */
export function openPhone(
  draft: EvidenceDraft,
  name: string,
  columns: readonly Column[],
  rowCount: number,
  areColumnsFixed: boolean,
): void {
  const read = ([cell = '']: readonly string[]): string => {
    const digits = keepDigits(cell)
    return digits.length < 5 || isPlaceholder('phone', digits) ? '' : digits.slice(-SIGNIFICANT)
  }
  const attribute = draft.derive('phone', () => deriveListAttribute(columns, rowCount, read, areColumnsFixed))
  const textOf = openTexts(attribute.keys)
  const mayBeAlike = openDigitFilter(draft.derive('digits of phone', () => describeDigits(attribute.keys.size, textOf)))
  const opened = openValueComparison(draft, name, 'phone', attribute, textOf, comparePhones, {
    remember: false,
    isDifferent: (a, b) => !mayBeAlike(a, b),
  })
  const asItIs = (digits: string): string => digits
  offerValue(draft, attribute, asItIs, opened, {
    name: `${name} ending`,
    hash: (digits) => (digits.length < TAIL ? 0 : hashText(digits.slice(-6))),
    agreement: { tail: 1, slip: 0.35 },
  })
}

/** Digits alone, without the noughts in front. */
function keepDigits(cell: string): string {
  let digits = ''
  for (let at = 0; at < cell.length; at++) {
    const code = cell.charCodeAt(at)
    if (code >= 48 && code <= 57 && (code > 48 || digits !== '')) digits += cell[at]!
  }
  return digits
}

function comparePhones(a: string, b: string): number {
  if (a.length >= TAIL && b.length >= TAIL && a.endsWith(b.slice(-TAIL))) return 1
  return a.length >= TAIL && isOneSlip(a, b) ? 2 : 3
}
