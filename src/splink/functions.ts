import { distance } from 'fastest-levenshtein'
import { jaroWinkler } from '../matching/jaro-winkler.ts'
import { damerauLevenshtein } from './damerau-levenshtein.ts'

export type SqlValue = string | number | boolean | null

/** How texts are measured: DuckDB counts bytes of UTF-8, Spark counts UTF-16 units. */
export type Measured = (text: string) => string

type SqlFunction = (operands: readonly SqlValue[], measured: Measured) => SqlValue

/** A function of texts and numbers that knows nothing where an operand is NULL. */
const strict =
  (compute: (operands: readonly (string | number | boolean)[], measured: Measured) => SqlValue): SqlFunction =>
  (operands, measured) =>
    operands.some((operand) => operand === null) ? null : compute(operands as (string | number | boolean)[], measured)

const ofTwoTexts = (compare: (a: string, b: string) => number): SqlFunction =>
  strict(([a, b], measured) => compare(measured(String(a)), measured(String(b))))

/** DuckDB says 0 of two empty texts. */
const winkler = ofTwoTexts((a, b) => (a === '' && b === '' ? 0 : jaroWinkler(a, b, 'whole')))

const substring = strict(([text, from, count]) => {
  const units = [...String(text)]
  const start = Number(from) > 0 ? Number(from) - 1 : Math.max(0, units.length + Number(from))
  return units.slice(start, count === undefined ? undefined : start + Math.max(0, Number(count))).join('')
})

const jaccard = ofTwoTexts((a, b) => {
  const [left, right] = [new Set(a), new Set(b)]
  const shared = [...left].filter((character) => right.has(character)).length
  return shared === 0 ? 0 : shared / (left.size + right.size - shared)
})

/** Seconds since 1970 of a date as Splink parses it, `%Y-%m-%d`; NULL for anything else. */
const parseDay = ([text, format]: readonly SqlValue[]): SqlValue => {
  const found = format === '%Y-%m-%d' && typeof text === 'string' ? /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text) : null
  if (found === null) return null
  const [year, month, day] = found.slice(1).map(Number) as [number, number, number]
  const ms = Date.UTC(year, month - 1, day)
  return new Date(ms).getUTCDate() === day && month <= 12 ? ms / 1000 : null
}

interface Callable {
  /** Operands at least and at most. */
  readonly takes: readonly [least: number, most: number]
  readonly compute: SqlFunction
}

const callable = (least: number, most: number, compute: SqlFunction): Callable => ({ takes: [least, most], compute })

/**
 * The functions that conditions may call, by the names that DuckDB and Splink's functions for Spark have. Values are
 * those of DuckDB 2.0, shown by `test/splink` beside it.
 */
export const FUNCTIONS: Readonly<Record<string, Callable>> = {
  jaro_winkler_similarity: callable(2, 2, winkler),
  jaro_winkler: callable(2, 2, winkler),
  levenshtein: callable(2, 2, ofTwoTexts(distance)),
  damerau_levenshtein: callable(2, 2, ofTwoTexts(damerauLevenshtein)),
  jaccard: callable(2, 2, jaccard),
  abs: callable(
    1,
    1,
    strict(([x]) => Math.abs(Number(x))),
  ),
  coalesce: callable(1, 99, (operands) => operands.find((operand) => operand !== null) ?? null),
  nullif: callable(2, 2, ([a = null, b = null]) => (a === b ? null : a)),
  length: callable(
    1,
    1,
    strict(([text]) => [...String(text)].length),
  ),
  lower: callable(
    1,
    1,
    strict(([text]) => String(text).toLowerCase()),
  ),
  upper: callable(
    1,
    1,
    strict(([text]) => String(text).toUpperCase()),
  ),
  trim: callable(
    1,
    1,
    strict(([text]) => String(text).trim()),
  ),
  substr: callable(2, 3, substring),
  substring: callable(2, 3, substring),
  left: callable(
    2,
    2,
    strict(([text, count]) => [...String(text)].slice(0, Number(count)).join('')),
  ),
  right: callable(
    2,
    2,
    strict(([text, count]) => (Number(count) === 0 ? '' : [...String(text)].slice(-Number(count)).join(''))),
  ),
  split_part: callable(
    3,
    3,
    strict(
      ([text, by, part]) =>
        String(text)
          .split(String(by))
          .at(placeOf(Number(part))) ?? '',
    ),
  ),
  // Splink's own: the name of a mailbox, the parts of a British postcode.
  regexp_extract: callable(
    2,
    3,
    strict(([text, pattern, group = 0]) => {
      const found = new RegExp(String(pattern), 'u').exec(String(text))
      return found?.[Number(group)] ?? ''
    }),
  ),
  try_strptime: callable(2, 2, parseDay),
  epoch: callable(
    1,
    1,
    strict(([seconds]) => seconds!),
  ),
}

/** Parts are counted from 1, or from -1 at the end. */
const placeOf = (part: number): number => (part > 0 ? part - 1 : part)
