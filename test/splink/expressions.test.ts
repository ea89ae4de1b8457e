import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Cells, compileExpression } from '../../src/splink/compile-expression.ts'
import { damerauLevenshtein } from '../../src/splink/damerau-levenshtein.ts'
import type { Expression } from '../../src/splink/expression.ts'
import { parseExpression } from '../../src/splink/parse-expression.ts'

function evaluate(sql: string, left: Cells = {}, right: Cells = {}): unknown {
  const expression = parseExpression(sql)
  if ('problem' in expression) return expression.problem
  return compileExpression(expression, (text) => Buffer.from(text, 'utf8').toString('latin1'))(left, right)
}

describe('a condition', () => {
  test.each([
    ['"first name_l" = "first name_r"', true],
    ['`first name_l` = `first name_r`', true],
    ['a_l = a_r OR b_l = b_r', null],
    ['a_l = a_r AND b_l = b_r', false],
    ['NOT a_l = a_r', true],
    ['b_l IS NULL', true],
    ['b_l IS NOT NULL', false],
    ['b_l IS NULL OR b_r IS NULL AND a_l = a_r', true],
    ['(b_l IS NULL OR b_r IS NULL) AND a_l = a_r', false],
    ["a_l IN ('x', 'it''s')", true],
    ["a_l NOT IN ('x', 'y')", true],
    ['length(a_l) IN (3, 4)', true],
    ["right('1990', 4) IN (1990)", true],
    ["b_l IN ('x')", null],
    ["a_r IN ('x', b_l)", null],
    ['abs(1 - 3.5) <= 5 / 2', true],
    ['1 / 0 = 1', null],
    ["a_l || '!' = 'it''s!'", true],
    ['1 + 2 * 3 - 1 = 6 and true', true],
    ["coalesce(b_l, a_r, 'z') <> 'y'", true],
  ])('%s', (sql, expected) => {
    const left = { 'first name': 'mira', a: "it's" }
    const right = { 'first name': 'mira', a: 'z', b: 'y' }
    expect(evaluate(sql, left, right)).toBe(expected)
  })

  test.each([
    ['a_l = ', 'it ends too early'],
    ['a_l = a_r )', 'unexpected ) at 11'],
    ['a_l ~ a_r', 'unexpected "~" at 5'],
    ['soundex(a_l) = soundex(a_r)', 'the function soundex at 1 is not known here'],
    ['l.a = r.a', 'unexpected "." at 2'],
    ['name = a_r', 'the word at 1 is no column with _l or _r'],
    ["a_l IN ('mira' 'oleg')", 'unexpected a text at 16'],
    ['levenshtein(a_l) = 1', 'levenshtein at 1 does not take 1 operands here'],
    ["trim(a_l, '-') = ''", 'trim at 1 does not take 2 operands here'],
    ["try_strptime(a_l, '%d/%m/%Y') IS NULL", "the format at 1 is not '%Y-%m-%d'"],
    ["regexp_extract(a_l, '(', 0) = 'x'", 'the pattern at 1 is none'],
    ['regexp_extract(a_l, a_r) = a_l', 'the pattern at 1 is none'],
    ["constructor('a') = 1", 'the function constructor at 1 is not known here'],
  ])('that is not understood says what and where: %s', (sql, problem) => {
    expect(parseExpression(sql)).toEqual({ problem })
  })

  test('is read or refused, whatever it is', () => {
    const word = fc.constantFrom(
      'a_l',
      'a_r',
      'AND',
      'OR',
      'NOT',
      'IN',
      'IS',
      'NULL',
      '(',
      ')',
      ',',
      '=',
      "'x'",
      '1',
      '<=',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(word).map((words) => words.join(' ')),
          fc.string(),
        ),
        (sql) => {
          const read: Expression | { problem: string } = parseExpression(sql)
          if (!('problem' in read)) compileExpression(read, (text) => text)({ a: 'x' }, { a: null })
        },
      ),
    )
  })
})

// What DuckDB 2.0 says of the same.
test.each([
  ["levenshtein('müller', 'muller')", 2],
  ["damerau_levenshtein('ca', 'abc')", 2],
  ["jaccard('night', 'nacht')", 3 / 7],
  ["jaccard('aab', 'ab')", 1],
  ["split_part('ann lee', ' ', 1)", 'ann'],
  ["split_part('ann', ' ', 3)", ''],
  ["split_part('ann lee', ' ', -1)", 'lee'],
  ["right('12345', 3)", '345'],
  ["left('abc', 2)", 'ab'],
  ["substr('abc', 2)", 'bc'],
  ["substring('abc', 1, 2)", 'ab'],
  ["jaro_winkler_similarity('', '')", 0],
  ["jaro_winkler_similarity('', 'a')", 0],
  ["levenshtein('', '')", 0],
  ["length('abc')", 3],
  ["nullif(regexp_extract('mira@mailhaven.net', '^[^@]+', 0), '')", 'mira'],
  ["nullif(regexp_extract('', '^[^@]+', 0), '')", null],
  ["epoch(try_strptime('1970-01-02', '%Y-%m-%d'))", 86_400],
  ["try_strptime('1970-02-30', '%Y-%m-%d')", null],
  ["lower(trim(' AB '))", 'ab'],
  ["upper('ab')", 'AB'],
])('%s', (sql, expected) => {
  expect(evaluate(sql)).toBe(expected)
})

test.each([
  ["jaro_winkler_similarity('müller', 'muller')", 0.8642857142857143],
  ["jaro_winkler_similarity('abberford', 'abbrfield')", 0.8629629629629629],
])('%s, counted in bytes and whole exchanges', (sql, expected) => {
  expect(evaluate(sql)).toBeCloseTo(expected, 12)
})

test('the distance of Damerau and Levenshtein is one: symmetric, nought for the same alone, and no way around is shorter', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 })
  fc.assert(
    fc.property(text, text, text, (a, b, c) => {
      const ab = damerauLevenshtein(a, b)
      expect(damerauLevenshtein(b, a)).toBe(ab)
      expect(ab === 0).toBe(a === b)
      expect(ab).toBeLessThanOrEqual(damerauLevenshtein(a, c) + damerauLevenshtein(c, b))
    }),
  )
})
