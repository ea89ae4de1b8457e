import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { deriveWeightModel } from '../../src/engine/derive-weight-model.ts'
import { formatEngineModel, parseEngineModel, type EngineModel } from '../../src/engine/engine-model.ts'
import { openRecordScorer } from '../../src/engine/open-record-scorer.ts'
import { openRecordTable } from '../../src/engine/open-record-table.ts'
import { openScorer } from '../../src/engine/score-patterns.ts'
import { trainOnRecords } from '../../src/engine/train-on-records.ts'
import { judgePair } from '../../src/matching/judge-pair.ts'
import { DEFAULT_IDENTIFIER_POLICIES } from '../../src/matching/identifier-policy.ts'
import { DEFAULT_MODEL } from '../../src/matching/default-model.ts'
import { scorePair } from '../../src/matching/score-pair.ts'
import type { NormalizedRecord } from '../../src/record/normalized-record.ts'
import { arbitraryRecord } from '../matching/arbitrary-record.ts'
import { buildRecord } from '../matching/build-record.ts'

/** Contacts whose spellings share a mailbox or an ending, and names with a generation behind. */
const arbitraryContacts: fc.Arbitrary<NormalizedRecord> = fc
  .record({
    given: fc.array(fc.constantFrom('bob', 'robert', 'jr', '2'), { minLength: 1, maxLength: 2 }),
    family: fc.array(fc.constantFrom('king', 'kings', 'jr', 'iii', '2'), { minLength: 1, maxLength: 3 }),
    emails: fc.uniqueArray(
      fc.constantFrom(
        'b.king77@gmail.com',
        'bking77@gmail.com',
        'bking77@web.example',
        'b.king77+x@web.example',
        'bking@web.example',
        '123456@web.example',
        '123456@gmail.com',
      ),
      { maxLength: 6 },
    ),
    phones: fc.uniqueArray(fc.constantFrom('+493012345678', '+13012345678', '+493012345679'), { maxLength: 3 }),
    organisation: fc.constantFrom('nordwind', 'nordwind handel', 'suedlicht'),
  })
  .map((parts) => buildRecord(parts))

const anyRecord = fc.oneof(arbitraryRecord, arbitraryContacts)

function train(records: readonly NormalizedRecord[]): EngineModel {
  const builder = openRecordTable()
  for (const record of records) builder.add(record)
  return trainOnRecords(builder.finish()).model
}

const WORLD = fc.sample(anyRecord, { numRuns: 300, seed: 7 })
const MODEL = train(WORLD)

describe('a trained model over records', () => {
  test('says of a pair what the two records say, whoever else is looked at, in either order', () => {
    fc.assert(
      fc.property(
        fc.array(anyRecord, { minLength: 2, maxLength: 12 }),
        fc.array(anyRecord, { maxLength: 120 }),
        (records, others) => {
          const [a, b] = records as [NormalizedRecord, NormalizedRecord]
          const alone = openRecordScorer([a, b], MODEL, 'v')
          const among = openRecordScorer([...others, ...records.toReversed(), ...WORLD.slice(0, 40)], MODEL, 'v')
          const unopened = openRecordScorer([], MODEL, 'v')
          for (const other of [b, ...records.slice(2)]) {
            const levels = alone.compare(a, other)
            expect(among.compare(a, other)).toEqual(levels)
            expect(among.compare(other, a)).toEqual(levels)
            expect(unopened.compare(other, a)).toEqual(levels)
          }
        },
      ),
    )
  })

  test('is learned the same from any order of the records', () => {
    expect(formatEngineModel(train(WORLD.toReversed()))).toBe(formatEngineModel(MODEL))
  })

  test('weighs as the engine does, part by part', () => {
    const weights = deriveWeightModel(MODEL, 'v')
    const score = openScorer(MODEL)
    fc.assert(
      fc.property(anyRecord, anyRecord, (a, b) => {
        const levels = openRecordScorer([a, b], MODEL, 'v').compare(a, b)
        const { oddsBits, weightBits, parts } = scorePair(levels, weights)
        expect(oddsBits).toBeCloseTo(score(Int8Array.from(levels), 0), 9)
        expect(parts.reduce((sum, part) => sum + part.weightBits, 0)).toBeCloseTo(weightBits, 9)
      }),
    )
  })

  test('survives its file', () => {
    const read = parseEngineModel(formatEngineModel(MODEL)) as EngineModel
    expect(formatEngineModel(read)).toBe(formatEngineModel(MODEL))
  })

  test('is refused where it asks other questions than records are compared by', () => {
    const other = { ...MODEL, comparisons: MODEL.comparisons.slice(1) }
    expect(() => openRecordScorer([], other, 'v')).toThrowError(expect.objectContaining({ code: 'model.outdated' }))
  })

  test('leaves identifiers, contradictions and decisions to the rules', () => {
    const anna = buildRecord({
      given: ['anna'],
      family: ['schmidt'],
      identifiers: [{ kind: 'user_id', value: '1' }],
      phones: ['+493012345678'],
    })
    const rules = {
      model: DEFAULT_MODEL,
      policies: DEFAULT_IDENTIFIER_POLICIES,
      blocked: new Set<string>(),
      scorer: openRecordScorer([], MODEL, 'v'),
    }
    const login = buildRecord({ given: ['otto'], family: ['lang'], identifiers: [{ kind: 'user_id', value: '1' }] })
    expect(judgePair(anna, login, rules)).toMatchObject({ verdict: 'match', because: 'identifier' })
    expect(judgePair(anna, anna, { ...rules, decision: 'different' })).toMatchObject({ because: 'decision' })
    expect(judgePair(anna, buildRecord(), rules)).toMatchObject({ verdict: 'distinct', strengthBits: 0 })
    const stranger = judgePair(anna, buildRecord({ given: ['otto'], family: ['lang'] }), rules)
    expect(stranger.verdict).toBe('distinct')
    expect(stranger.strengthBits).toBeLessThanOrEqual(-12)
  })
})
