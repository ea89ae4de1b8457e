import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { MISSING } from '../../src/engine/comparison.ts'
import { compareWrittenDates } from '../../src/engine/compare-written-dates.ts'
import { isOneSlip } from '../../src/engine/is-one-slip.ts'
import { describeLetters, openLetterFilter } from '../../src/engine/letter-filter.ts'
import { openEvidence } from '../../src/engine/open-evidence.ts'
import { describeDigits, openDigitFilter } from '../../src/engine/digit-filter.ts'
import { jaroWinkler } from '../../src/matching/jaro-winkler.ts'
import { buildTable, understand } from './build-table.ts'

const HEADER = [
  'first_name',
  'last_name',
  'dob',
  'email',
  'phone',
  'street',
  'city',
  'postcode',
  'gender',
  'ssn',
  'hobby',
]
const word = fc.constantFrom(
  '',
  'anna',
  'ann',
  'anne',
  'bob',
  'robert',
  'r',
  'muller',
  'mueller',
  'moller',
  'de la cruz',
)
const row = fc.tuple(
  word,
  word,
  fc.constantFrom('', '1980-02-03', '1980-03-02', '1980-02-13', '1980-01-01', '1981-02-03', '1980'),
  fc.constantFrom('', 'anna.muller@a.org', 'anna.muler@a.org', 'anna.muller@b.org', 'info@a.org'),
  fc.constantFrom('', '+1 212 555 0187', '212 555 0187', '212 555 0178', '718 555 0187'),
  fc.constantFrom('', '12 high street', '12 high st', '14 high street', '3 mill lane'),
  fc.constantFrom('', 'leeds', 'leds', 'york'),
  fc.constantFrom('', '12345', '12354', '99999'),
  fc.constantFrom('', 'f', 'm'),
  fc.constantFrom('', '123-45-6789', '123456789', '987-65-4321'),
  fc.constantFrom('', 'chess', 'chess club', 'rowing'),
)
const openAll = (rows: readonly (readonly string[])[]) => {
  const table = buildTable([HEADER, ...rows])
  const uses = HEADER.map((name, at) => {
    const use = (
      [
        'given_name',
        'family_name',
        'birth_date',
        'email',
        'phone',
        'street',
        'city',
        'postcode',
        'sex',
        'identifier',
        'text',
      ] as const
    )[at]!
    return { name, use, confidence: 1, because: '' }
  })
  return openEvidence(table, uses, { pivotYear: 2026 })
}

describe('every comparison', () => {
  test.prop([fc.array(row, { minLength: 2, maxLength: 6 })])('is symmetric', (rows) => {
    for (const { compare, name } of openAll(rows).comparisons) {
      for (let a = 0; a < rows.length; a++) {
        for (let b = 0; b < a; b++) expect(compare(a, b), name).toBe(compare(b, a))
      }
    }
  })

  test.prop([row, row])('answers missing, and only then, when a side is silent on all it looks at', (a, b) => {
    const silent = HEADER.map(() => '')
    for (const { compare, levels } of openAll([[...a], [...b], silent]).comparisons) {
      expect(compare(0, 2)).toBe(MISSING)
      const level = compare(0, 1)
      expect(level).toBeGreaterThanOrEqual(MISSING)
      expect(level).toBeLessThan(levels.length)
    }
  })

  test.prop([row])('finds a row to agree with itself at an exact level wherever it speaks', (a) => {
    for (const { compare, exactLevels, name } of openAll([[...a], [...a]]).comparisons) {
      const level = compare(0, 1)
      // A lone initial never counts as a whole name.
      if (exactLevels > 0 && level !== MISSING && !(name === 'given_name' && a[0] === 'r')) {
        expect(level, name).toBeLessThan(exactLevels)
      }
    }
  })
})

test.each([
  ['given and family name exchanged', ['anna', 'muller'], ['muller', 'anna'], 'swapped', 'swapped'],
  ['a nickname', ['bob', 'muller'], ['robert', 'muller'], 'nickname', 'exact'],
  ['an initial', ['r', 'muller'], ['robert', 'muller'], 'initial', 'exact'],
  ['a part of a double name', ['anna', 'cruz'], ['anna', 'garcia cruz'], 'exact', 'part'],
])('%s is told', (_, a, b, given, family) => {
  const rest = Array.from({ length: HEADER.length - 2 }, () => '')
  const { comparisons } = openAll([
    [...a, ...rest],
    [...b, ...rest],
  ])
  const [first, second] = comparisons
  expect(first!.levels[first!.compare(0, 1)]?.label).toContain(given)
  expect(second!.levels[second!.compare(0, 1)]?.label).toContain(family)
})

test('the mailbox of a function tells who it is where there are no names, else nothing', () => {
  const at = (given: string, family: string, email: string): readonly string[] =>
    HEADER.map((name) => ({ first_name: given, last_name: family, email })[name] ?? '')
  const { comparisons } = openAll([
    at('anna', 'muller', 'info@a.org'),
    at('bob', '', 'info@a.org'),
    at('', '', 'info@a.org'),
    at('', '', 'info@a.org'),
    at('anna', 'muller', 'anna.muller@a.org'),
    at('bob', 'king', 'anna.muller@a.org'),
  ])
  const { compare, exactLevels } = comparisons.find(({ kind }) => kind === 'email')!
  expect(compare(0, 1)).toBe(MISSING)
  for (const [a, b] of [
    [2, 3],
    [0, 2],
    [4, 5],
  ] as const) {
    expect(compare(a, b)).toBeGreaterThan(MISSING)
    expect(compare(a, b)).toBeLessThan(exactLevels)
  }
})

test.each([
  [
    'Cyrillic and Latin letters are one alphabet spelled twice',
    ['Ольга', 'Васильева'],
    ['Olga', 'Vasileva'],
    'exact',
    'exact',
  ],
  ['transliterations vary', ['Александр', 'Васильев'], ['Alexander', 'Vasiliev'], 'alike', 'similar'],
  ['names of other scripts are silent, not different', ['杰', '王'], ['Jie', 'Wang'], undefined, undefined],
  ['names in one script are compared in it', ['杰', '王'], ['伟', '王'], 'different', 'exact'],
])('%s', (_, a, b, given, family) => {
  const rest = Array.from({ length: HEADER.length - 2 }, () => '')
  const { comparisons } = openAll([
    [...a, ...rest],
    [...b, ...rest],
  ])
  const labels = comparisons.slice(0, 2).map(({ compare, levels }) => levels[compare(0, 1)]?.label.split(',')[0])
  expect(labels).toEqual([given, family])
})

test('several names of an organisation are one question, answered by the two that agree best', () => {
  const table = buildTable([
    ['primary_name_org', 'secondary_name_org', 'employer'],
    ['Nordwind Handel GmbH', 'Adler Werke', ''],
    ['Adler Werke Ltd.', 'Suedlicht', ''],
    ['Suedlicht Inc', 'Nordwind Handel', 'Adler Werke'],
    ['Birkenhof', '', 'Quellgrund'],
  ])
  const uses = table.columns.map(({ name }) => ({ name, use: 'organisation', confidence: 1, because: '' }) as const)
  const { comparisons } = openEvidence(table, uses, { pivotYear: 2026 })
  expect(comparisons.map(({ name }) => name)).toEqual(['employer', 'primary_name_org'])
  const { compare, exactLevels, levels } = comparisons[1]!
  for (const [a, b] of [
    [0, 1],
    [1, 2],
    [0, 2],
  ] as const)
    expect(compare(a, b)).toBeLessThan(exactLevels)
  expect(levels[compare(0, 3)]?.label).toBe('different')
})

test('a name alone, in whichever column, is held against the family name', () => {
  const rest = Array.from({ length: HEADER.length - 2 }, () => '')
  const { comparisons } = openAll([
    ['muller', '', ...rest],
    ['anna', 'muller', ...rest],
  ])
  expect(comparisons[0]!.compare(0, 1)).toBe(MISSING)
  expect(comparisons[1]!.levels[comparisons[1]!.compare(0, 1)]?.label).toBe('swapped')
})

test.each([
  ['day and month exchanged', { year: 1980, month: 2, day: 3 }, { year: 1980, month: 3, day: 2 }, 2],
  ['a mistyped digit', { year: 1980, month: 2, day: 3 }, { year: 1990, month: 2, day: 3 }, 2],
  ['an impossible month', { year: 1861, month: 7, day: 23 }, { year: 1861, month: 87, day: 23 }, 2],
  ['the first of January for the year alone', { year: 1980, month: 9, day: 8 }, { year: 1980, month: 1, day: 1 }, 1],
  ['a year alone', { year: 1980, month: 9, day: 8 }, { year: 1980, month: 0, day: 0 }, 1],
  ['another day altogether', { year: 1980, month: 9, day: 8 }, { year: 1961, month: 4, day: 27 }, 6],
])('of dates %s is told', (_, a, b, level) => {
  expect(compareWrittenDates(a, b)).toBe(level)
  expect(compareWrittenDates(b, a)).toBe(level)
})

const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'e', 'n', '1', 'é'), maxLength: 9 })

test.prop([letters, letters, fc.constantFrom(0.85, 0.9, 0.92)])(
  'the letter filter never denies what the costly question affirms',
  (a, b, least) => {
    const { mayBeAlike, mayBeSlip } = openLetterFilter(describeLetters(2, (code) => (code === 0 ? a : b)))
    if (jaroWinkler(a, b) >= least && a !== '' && b !== '') expect(mayBeAlike(0, 1, least)).toBe(true)
    if (isOneSlip(a, b)) expect(mayBeSlip(0, 1)).toBe(true)
  },
)

const number = fc.string({ unit: fc.constantFrom('1', '2', '7', '0'), minLength: 5, maxLength: 10 })
const slip = fc.tuple(number, fc.nat(9), fc.constantFrom('', '5', '17')).map(([text, at, put]) => {
  return [text, text.slice(0, at) + put + text.slice(at + 1)] as const
})

test.prop([fc.oneof(slip, fc.tuple(number, number))])(
  'the digit filter never denies one slip nor a common ending',
  ([a, b]) => {
    const isLong = b.length >= 5 && b.length <= 10
    const mayBeAlike = openDigitFilter(describeDigits(3, (code) => ['', a, b][code]!))
    if (isLong && (isOneSlip(a, b) || a.slice(-7) === b.slice(-7))) expect(mayBeAlike(1, 2)).toBe(true)
  },
)

test('columns are known by part of their name, and what follows from others is left out', () => {
  const rows = Array.from({ length: 30 }, (_, at) => {
    const given = `gi${at % 7}ven`
    const family = `fa${at % 11}mily`
    return [`k-${at}`, given, family, `${given} ${family}`, `ab1 ${at % 10}cd`, 'web', '7']
  })
  const header = [
    'key_no',
    'client_first_name',
    'client_surname',
    'first_and_surname',
    'postcode_fake',
    'source',
    'all',
  ]
  const uses = understand(buildTable([header, ...rows])).map(({ use }) => use)
  expect(uses).toEqual(['row_id', 'given_name', 'family_name', 'ignored', 'postcode', 'ignored', 'ignored'])
})
