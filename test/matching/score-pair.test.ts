import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MISSING } from '../../src/matching/comparison.ts'
import { DEFAULT_MODEL } from '../../src/matching/default-model.ts'
import { judge } from '../../src/matching/judge.ts'
import { parseModel } from '../../src/matching/parse-model.ts'
import { scorePair } from '../../src/matching/score-pair.ts'

const vectors = fc.tuple(
  ...DEFAULT_MODEL.comparisons.map(({ levels }) => fc.integer({ min: MISSING, max: levels.length - 1 })),
)

test('the shipped model is one that may be loaded, and survives being written as JSON', () => {
  const { model, defects } = parseModel(JSON.parse(JSON.stringify(DEFAULT_MODEL)))
  expect(defects).toEqual([])
  expect(model).toEqual(DEFAULT_MODEL)
})

test('every level has a share among all pairs: m, u and h of a comparison sum to one where differing is a level', () => {
  for (const { levels } of DEFAULT_MODEL.comparisons) {
    if (levels.length === 1) continue
    for (const share of ['m', 'u', 'h'] as const) {
      expect(levels.reduce((sum, level) => sum + level[share]!, 0)).toBeCloseTo(1, 6)
    }
  }
})

test('when all is missing the evidence is exactly zero and the probability is the prior', () => {
  const score = scorePair(
    DEFAULT_MODEL.comparisons.map(() => MISSING),
    DEFAULT_MODEL,
  )
  expect(score).toMatchObject({ weightBits: 0, contrastBits: 0, parts: [] })
  expect(score.probability).toBeCloseTo(DEFAULT_MODEL.priorPairMatch, 12)
})

test('scores are finite, the parts sum to the weight, and probability and odds agree', () => {
  fc.assert(
    fc.property(vectors, (vector) => {
      const { weightBits, probability, oddsBits, contrastBits, parts } = scorePair(vector, DEFAULT_MODEL)
      expect([weightBits, probability, oddsBits, contrastBits].every(Number.isFinite)).toBe(true)
      expect(parts.reduce((sum, part) => sum + part.weightBits, 0)).toBeCloseTo(weightBits, 9)
      expect(probability).toBeCloseTo(1 / (1 + 2 ** -oddsBits), 12)
    }),
  )
})

test('a better level never lowers the score', () => {
  fc.assert(
    fc.property(vectors, fc.nat(), (vector, at) => {
      const index = at % vector.length
      if (vector[index]! < 1) return
      const better = vector.with(index, vector[index]! - 1)
      const [low, high] = [scorePair(vector, DEFAULT_MODEL), scorePair(better, DEFAULT_MODEL)]
      expect(high.weightBits).toBeGreaterThanOrEqual(low.weightBits - 1e-9)
      expect(high.contrastBits).toBeGreaterThanOrEqual(low.contrastBits - 1e-9)
    }),
    { numRuns: 2000 },
  )
})

test('shares of zero in a model still give finite scores', () => {
  const [given] = DEFAULT_MODEL.comparisons
  const levels = given!.levels.map((level) => ({ ...level, u: 0 }))
  const score = scorePair([0], { ...DEFAULT_MODEL, comparisons: [{ name: 'given_name', levels }] })
  expect(Number.isFinite(score.weightBits)).toBe(true)
})

test('raising a threshold never adds a match', () => {
  fc.assert(
    fc.property(vectors, fc.double({ min: 0.5, max: 0.95, noNaN: true }), (vector, bound) => {
      const score = scorePair(vector, DEFAULT_MODEL)
      const lower = { ...DEFAULT_MODEL, thresholds: { match: bound, review: 0.5 } }
      if (judge(score, DEFAULT_MODEL) === 'match') expect(judge(score, lower)).toBe('match')
    }),
  )
})

test.each([
  ['a threshold order', { thresholds: { match: 0.5, review: 0.9 } }, 'thresholds: review is above match'],
  ['a probability', { priorPairMatch: 2 }, 'priorPairMatch'],
  [
    'a rising weight',
    {
      comparisons: [
        {
          name: 'sex',
          levels: [
            { label: 'same', m: 0.1, u: 0.9 },
            { label: 'different', m: 0.9, u: 0.1 },
          ],
        },
      ],
    },
    'sex: different weighs more than same',
  ],
  ['a label', { comparisons: [{ name: 'sex', levels: [{ label: 'equal', m: 1, u: 1 }] }] }, 'sex: the levels are same'],
])('a model with %s wrong is refused with what is wrong', (_, change, message) => {
  const { model, defects } = parseModel({ ...DEFAULT_MODEL, ...change })
  expect(model).toBeUndefined()
  expect(defects.join('\n')).toContain(message)
})
