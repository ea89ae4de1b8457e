import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DEFAULT_COHESION } from '../../src/identity/index-graph.ts'
import { DEFAULT_BLOCKING_RULES } from '../../src/matching/blocking-rules.ts'
import { DEFAULT_MODEL } from '../../src/matching/default-model.ts'
import { DEFAULT_IDENTIFIER_POLICIES } from '../../src/matching/identifier-policy.ts'
import { resolveInMemory } from '../../src/matching/resolve-in-memory.ts'
import type { ResolutionSettings } from '../../src/matching/resolve-in-memory.ts'
import type { NormalizedRecord } from '../../src/record/normalized-record.ts'
import { arbitraryRecord } from './arbitrary-record.ts'
import { buildRecord } from './build-record.ts'

const settings: ResolutionSettings = {
  model: DEFAULT_MODEL,
  policies: DEFAULT_IDENTIFIER_POLICIES,
  rules: DEFAULT_BLOCKING_RULES,
  blocked: new Set(),
  maxBlock: 500,
  maxGroup: 40,
  cohesion: DEFAULT_COHESION,
  decisions: [],
}
const numbered = (records: readonly NormalizedRecord[]) =>
  records.map((record, seq) => ({ id: `rec_${String(seq).padStart(2, '0')}`, seq, record }))
const resolve = (records: readonly NormalizedRecord[], more: Partial<ResolutionSettings> = {}) =>
  resolveInMemory(numbered(records), { ...settings, ...more })

const anna = buildRecord({ given: ['anna'], family: ['vogel'], emails: ['vogel@a.example'] })
const otto = buildRecord({ given: ['otto'], family: ['vogel'], emails: ['vogel@a.example'] })
const mailbox = buildRecord({ emails: ['vogel@a.example'] })

test('a mailbox that fits two people joins one of them and asks about the other', () => {
  const { clusters, refused } = resolve([anna, mailbox, otto])
  expect(clusters).toEqual([['rec_00', 'rec_01'], ['rec_02']])
  expect(refused).toMatchObject([{ a: 'rec_01', b: 'rec_02', reason: 'cohesion' }])
})

test('father and son of one name and phone stay apart, whatever records without a birth date lie between [C5]', () => {
  const vogel = buildRecord({ given: ['anton'], family: ['vogel'], phones: ['+442071234567'] })
  const father = buildRecord({ ...vogel, birthDate: { year: 1950, month: 3, day: 4 } })
  const son = buildRecord({ ...vogel, birthDate: { year: 1981, month: 11, day: 27 } })
  const orders = fc.shuffledSubarray([father, son, vogel, vogel, vogel], { minLength: 5 })
  fc.assert(
    fc.property(orders, (records) => {
      const { clusters, refused } = resolve(records)
      const groupOf = (record: NormalizedRecord) =>
        clusters.findIndex((ids) => ids.some((id) => records[Number(id.slice(4))] === record))
      expect(groupOf(father)).not.toBe(groupOf(son))
      expect(refused).toMatchObject([{ reason: 'cohesion' }])
    }),
  )
})

test('two logins of one person are not merged but asked about', () => {
  const withLogin = (value: string) => buildRecord({ ...anna, identifiers: [{ kind: 'user_id', value }] })
  const { clusters, refused } = resolve([withLogin('1'), withLogin('2')])
  expect(clusters).toHaveLength(2)
  expect(refused).toMatchObject([{ reason: 'identifier_limit' }])
})

test('decisions reach pairs that no rule finds, and outrank what rules find', () => {
  const lonely = buildRecord({ given: ['mia'] })
  const decisions = [
    { a: 'rec_02', b: 'rec_00', decision: 'same' as const },
    { a: 'rec_00', b: 'rec_01', decision: 'different' as const },
  ]
  expect(resolve([anna, anna, lonely], { decisions }).clusters).toEqual([['rec_00', 'rec_02'], ['rec_01']])
})

test('adding strangers changes no cluster', () => {
  const strangers = Array.from({ length: 50 }, (_, i) => buildRecord({ given: [`name${i}`], family: [`family${i}`] }))
  const alone = resolve([anna, mailbox]).clusters
  expect(resolve([anna, mailbox, ...strangers]).clusters).toEqual(expect.arrayContaining([...alone]))
})

test('the order of the records changes nothing', () => {
  const world = fc.array(arbitraryRecord, { maxLength: 12 }).chain((records) => {
    const all = numbered(records)
    return fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))
  })
  fc.assert(
    fc.property(world, fc.constantFrom(2, 500), ([records, shuffled], maxBlock) => {
      const expected = resolveInMemory(records, { ...settings, maxBlock })
      expect(resolveInMemory(shuffled, { ...settings, maxBlock })).toEqual(expected)
    }),
  )
})
