import { hasLuhnCheckDigit } from './has-luhn-check-digit.ts'
import type { MaskedSpan } from './masked-span.ts'

/** Digits with at most two separators between them. Each step takes one digit, so there is nothing to backtrack into. */
const DIGIT_RUN = /(?<![\p{L}\p{N}_])\+?\(?\d(?:[ \u00a0()./\u2010-\u2013-]{0,2}\d)*/gu
const DIGIT_GROUP = /\d+/g
/** 2026-01-31 or 31.01.2026 at the start of a run: people write when, and a date is no phone number. */
const LEADING_DATE = /^(?:\d{4}([-./])\d{1,2}\1\d{1,2}|\d{1,2}([-./])\d{1,2}\2\d{4})(?!\d)[ \u00a0]?/
/** ISO/IEC 7812 (2017): payment cards in use have 13 to 19 digits and start with 2 to 6. */
const CARD_DIGITS = { from: 13, to: 19 }
/** Seven digits is a local number; E.164 (ITU, 2010) allows 15. */
const PHONE_DIGITS = { from: 7, to: 15 }

interface DigitGroup {
  readonly start: number
  readonly end: number
  readonly digits: string
}

/**
 * The payment cards (13 to 19 digits whose Luhn digit holds) and phone numbers (7 to 15 digits) in a text.
 * Dates are left alone, and so are numbers that follow a letter (`INV2026001`), which name things.
 */
export function findNumbers(text: string): MaskedSpan[] {
  const spans: MaskedSpan[] = []
  for (const match of text.matchAll(DIGIT_RUN)) {
    let start = match.index
    for (let date = LEADING_DATE.exec(match[0]); date; date = LEADING_DATE.exec(text.slice(start, endOf(match)))) {
      start += date[0].length
    }
    const groups = [...text.slice(start, endOf(match)).matchAll(DIGIT_GROUP)].map((group) => ({
      start: start + group.index,
      end: start + endOf(group),
      digits: group[0],
    }))
    // A phone number begins with its `+` or bracket; what follows a card begins with its first digit.
    spans.push(...findInRun(groups, start))
  }
  return spans
}

function findInRun(groups: readonly DigitGroup[], runStart: number): MaskedSpan[] {
  const spans: MaskedSpan[] = []
  let next = 0
  for (let card = findCard(groups, next); card; card = findCard(groups, next)) {
    spans.push(...findPhone(groups.slice(next, card.from), next === 0 ? runStart : undefined))
    spans.push({ kind: 'card', start: card.start, end: card.end })
    next = card.to + 1
  }
  return [...spans, ...findPhone(groups.slice(next), next === 0 ? runStart : undefined)]
}

/** The first card at or after a group: its groups, both inclusive, and its place in the text. */
function findCard(groups: readonly DigitGroup[], next: number) {
  for (let from = next; from < groups.length; from += 1) {
    let digits = ''
    for (let to = from; to < groups.length && digits.length < CARD_DIGITS.to; to += 1) {
      digits += groups[to]?.digits ?? ''
      const fits = digits.length >= CARD_DIGITS.from && digits.length <= CARD_DIGITS.to
      if (fits && /^[2-6]/.test(digits) && hasLuhnCheckDigit(digits)) {
        return { from, to, start: groups[from]?.start ?? 0, end: groups[to]?.end ?? 0 }
      }
    }
  }
  return undefined
}

function findPhone(groups: readonly DigitGroup[], runStart: number | undefined): MaskedSpan[] {
  const first = groups[0]
  const last = groups.at(-1)
  const digitCount = groups.reduce((count, group) => count + group.digits.length, 0)
  if (!first || !last || digitCount < PHONE_DIGITS.from) return []
  // Several numbers written in a row make a long run: hide all of it. One long block is an order or a meter number.
  if (groups.length === 1 && digitCount > PHONE_DIGITS.to) return []
  return [{ kind: 'phone', start: runStart ?? first.start, end: last.end }]
}

function endOf(match: RegExpExecArray): number {
  return match.index + match[0].length
}
