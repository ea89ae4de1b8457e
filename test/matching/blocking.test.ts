import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DEFAULT_BLOCKING_RULES } from '../../src/matching/blocking-rules.ts'
import { deriveBlockingKeys } from '../../src/matching/derive-blocking-keys.ts'
import type { BlockingKey } from '../../src/matching/derive-blocking-keys.ts'
import { findCandidates } from '../../src/matching/find-candidates.ts'
import { findUnjudgedPairs } from '../../src/matching/find-unjudged-pairs.ts'
import type { NormalizedRecord } from '../../src/record/normalized-record.ts'
import { arbitraryRecord } from './arbitrary-record.ts'
import { buildRecord } from './build-record.ts'

const keysOf = (record: Partial<NormalizedRecord>) => deriveBlockingKeys(buildRecord(record), DEFAULT_BLOCKING_RULES)
const meetBy = (a: Partial<NormalizedRecord>, b: Partial<NormalizedRecord>) => {
  const texts = new Set(keysOf(b).map(({ rule, text }) => `${rule} ${text}`))
  return keysOf(a)
    .filter(({ rule, text }) => texts.has(`${rule} ${text}`))
    .map(({ rule }) => rule)
}

describe('keys', () => {
  test('a record that says nothing has none, and neither has one with a postcode alone', () => {
    expect(keysOf({})).toEqual([])
    expect(keysOf({ address: { postcode: '28195' } })).toEqual([])
  })
  test.each<[string, Partial<NormalizedRecord>, Partial<NormalizedRecord>]>([
    ['email_base', { emails: ['a.b@gmail.com'] }, { emails: ['ab+x@googlemail.com'] }],
    ['phone_tail', { phones: ['+12023213212'] }, { phones: ['+17023213212'] }],
    [
      'family_sound_birth_date',
      { given: ['x'], family: ['meyer'], birthDate: { year: 1980, month: 1, day: 2 } },
      { family: ['maier'], birthDate: { year: 1980, month: 1, day: 2 } },
    ],
    [
      'given_sound_birth_date',
      { given: ['anna'], family: ['vogel'], birthDate: { year: 1980, month: 1, day: 2 } },
      { given: ['hanna'.slice(1)], family: ['schmidt'], birthDate: { year: 1980, month: 1, day: 2 } },
    ],
    [
      'names_postcode',
      { given: ['anna'], family: ['vogel'], address: { postcode: '1' } },
      { given: ['vogel'], family: ['anna'], address: { postcode: '1' } },
    ],
    [
      'street_number_family_sound',
      { family: ['meyer'], address: { street: 'hofgasse', houseNumber: '7' } },
      { family: ['meier'], address: { street: 'hofgasse', houseNumber: '7', postcode: '1' } },
    ],
    [
      'email_local_family_initial',
      { family: ['vogel'], emails: ['avogel@a.example'] },
      { family: ['voegel'], emails: ['avogel@b.example'] },
    ],
    ['names', { given: ['anna', 'maria'], family: ['vogel'] }, { given: ['anna'], family: ['vogel'] }],
  ])('records meet by %s', (rule, a, b) => {
    expect(meetBy(a, b)).toContain(rule)
  })
  test('an unknown birth date never meets another unknown birth date', () => {
    expect(meetBy({ family: ['vogel'] }, { family: ['vogel'] })).toEqual([])
  })
  test('keys are sorted by rule, without repeats, and depend on the record alone', () => {
    fc.assert(
      fc.property(arbitraryRecord, (record) => {
        const keys = deriveBlockingKeys(record, DEFAULT_BLOCKING_RULES)
        const texts = keys.map(({ rule, text }) => `${rule} ${text}`)
        expect(new Set(texts).size).toBe(texts.length)
        const order = keys.map(({ rule }) => DEFAULT_BLOCKING_RULES.findIndex(({ name }) => name === rule))
        expect(order).toEqual(order.toSorted((x, y) => x - y))
        expect(deriveBlockingKeys(structuredClone(record), DEFAULT_BLOCKING_RULES)).toEqual(keys)
      }),
    )
  })
})

const key = (rule: string, text: string, ...refined: string[]): BlockingKey => ({ rule, text, refined })

describe('candidates', () => {
  test('a pair is reported once, under the first rule that finds it', () => {
    const keys = [key('one', 'x'), key('two', 'y')]
    const { pairs, report } = findCandidates([keys, keys], ['one', 'two'], 10)
    expect(pairs).toEqual([{ left: 0, right: 1, rule: 'one' }])
    expect(report.rules.map(({ pairs: found }) => found)).toEqual([1, 0])
  })
  test('a key with too many records is refined, and what is still too large is skipped and counted', () => {
    const records = [
      [key('one', 'x', 'x1')],
      [key('one', 'x', 'x1')],
      [key('one', 'x', 'x2')],
      [key('one', 'x', 'x2')],
      [key('one', 'x', 'x2')],
      [key('one', 'x')],
    ]
    const { pairs, report } = findCandidates(records, ['one'], 2)
    expect(pairs).toEqual([{ left: 0, right: 1, rule: 'one' }])
    expect(report.rules[0]).toEqual({
      rule: 'one',
      keys: 1,
      pairs: 1,
      keysRefined: 1,
      keysSkipped: 1,
      recordsSkipped: 4,
    })
  })
  test('the report carries no key text', () => {
    const records = [0, 1, 2].map(() => [key('one', 'vogel|1980', 'vogel|1980||a')])
    expect(JSON.stringify(findCandidates(records, ['one'], 1).report)).not.toContain('vogel')
  })
  test('they are exactly the pairs that share a usable key, as comparing everybody with everybody says', () => {
    const text = fc.constantFrom('x', 'y', 'z')
    const keys = fc
      .array(fc.tuple(fc.constantFrom('one', 'two'), text, fc.subarray(['p', 'q'])), { maxLength: 4 })
      .map(
        (list) =>
          new Map(list.map(([rule, x, finer]) => [`${rule}${x}`, key(rule, x, ...finer.map((f) => `${x}||${f}`))])),
      )
      .map((byText) => [...byText.values()])
    fc.assert(
      fc.property(fc.array(keys, { maxLength: 8 }), fc.integer({ min: 1, max: 4 }), (records, maxBlock) => {
        const holders = (rule: string, x: string) =>
          records.filter((own) => own.some((k) => k.rule === rule && k.text === x)).length
        const usable = (own: readonly BlockingKey[], rule: string) =>
          own.filter((k) => k.rule === rule).flatMap((k) => (holders(rule, k.text) <= maxBlock ? [k.text] : k.refined))
        const fits = (rule: string, x: string) =>
          records.filter((own) => usable(own, rule).includes(x)).length <= maxBlock
        const expected: string[] = []
        for (let left = 0; left < records.length; left++) {
          for (let right = left + 1; right < records.length; right++) {
            const rule = ['one', 'two'].find((name) =>
              usable(records[left]!, name).some((x) => fits(name, x) && usable(records[right]!, name).includes(x)),
            )
            if (rule !== undefined) expected.push(`${left} ${right} ${rule}`)
          }
        }
        const { pairs } = findCandidates(records, ['one', 'two'], maxBlock)
        expect(pairs.map(({ left, right, rule }) => `${left} ${right} ${rule}`)).toEqual(expected)
      }),
      { numRuns: 500 },
    )
  })
})

test('groups of three or more, up to the limit, give all their pairs', () => {
  const matches = [
    [0, 1],
    [1, 2],
    [4, 5],
    [6, 7],
    [7, 8],
    [8, 9],
  ] as const
  expect(findUnjudgedPairs(10, matches, 3)).toEqual([
    [0, 1],
    [0, 2],
    [1, 2],
  ])
})
