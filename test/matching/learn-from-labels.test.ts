import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { EngineModel } from '../../src/engine/engine-model.ts'
import { calibrate, type ScoredLabel } from '../../src/matching/calibrate.ts'
import { type LabelledPair, learnFromLabels, type LearnedFrom } from '../../src/matching/learn-from-labels.ts'
import { measureLabels } from '../../src/matching/measure-labels.ts'
import { weighKinds } from '../../src/matching/weigh-kinds.ts'

/** Four comparisons that agree or differ; `m` and `u` are the chances that they agree. */
const build = (m: readonly number[], u: readonly number[], priorMatch = 0.02): EngineModel => ({
  priorMatch,
  priorHousehold: 0,
  thresholds: { match: 0.5, review: 0.1 },
  rules: [],
  frequencies: new Map(),
  comparisons: m.map((share, at) => ({
    name: `c${at}`,
    kind: 'text',
    shared: 0,
    levels: [
      { label: 'exact', m: share, u: u[at]! },
      { label: 'different', m: 1 - share, u: 1 - u[at]! },
    ],
  })),
})
const TRUE_M = [0.9, 0.8, 0.7, 0.5]
const U = [0.05, 0.1, 0.05, 0.02]
const PAIRS = 20_000
const everyPattern = [...Array(16).keys()].map((bits) => [0, 1, 2, 3].map((at) => (bits >> at) & 1))

/** How often each pattern is seen among so many pairs of a world. */
function count(model: EngineModel, levels: readonly number[], isSame: boolean): number {
  const prior = isSame ? model.priorMatch : 1 - model.priorMatch
  return model.comparisons.reduce(
    (share, comparison, at) => share * comparison.levels[levels[at]!]![isSame ? 'm' : 'u'],
    PAIRS * prior,
  )
}
function learnedFrom(world: EngineModel): LearnedFrom {
  return {
    comparisons: TRUE_M.map(() => ({ groupOf: new Uint8Array(2), exactLevels: 0 })),
    allPairs: PAIRS,
    patterns: {
      width: 4,
      levels: Int8Array.from(everyPattern.flat()),
      counts: Float64Array.from(everyPattern, (levels) => count(world, levels, true) + count(world, levels, false)),
    },
  }
}

describe('labels teach m, u and thresholds [C10]', () => {
  const world = build(TRUE_M, U)
  /** Training got one share wrong: it takes the third for worth more than it is. */
  const wrong = build([0.9, 0.8, 0.95, 0.5], U)
  const doubtful = everyPattern.filter((levels) => {
    const { same } = weighKinds(wrong, levels)
    return same > 0.02 && same < 0.98
  })
  /** Stewards decide all that the model doubts, as it truly is. */
  const labels = doubtful.flatMap((levels) =>
    [true, false].flatMap((isSame): LabelledPair[] =>
      Array.from({ length: Math.round(count(world, levels, isSame)) }, () => ({ levels, isSame, weight: 1 })),
    ),
  )
  const shareOf = (model: EngineModel, at: number): number => model.comparisons[at]!.levels[0]!.m

  test('a sample of doubtful pairs moves m towards the truth, where counting in it would lead away', () => {
    const taught = learnFromLabels(wrong, labels, learnedFrom(world))
    expect(labels.length).toBeGreaterThan(100)
    expect(Math.abs(shareOf(taught, 2) - 0.7)).toBeLessThan(Math.abs(shareOf(wrong, 2) - 0.7) * 0.75)
    const same = labels.filter(({ isSame }) => isSame)
    const counted = same.filter(({ levels }) => levels[3] === 0).length / same.length
    expect(Math.abs(counted - 0.5)).toBeGreaterThan(0.1)
    expect(Math.abs(shareOf(taught, 3) - 0.5)).toBeLessThan(0.03)
  })

  test('what training got right stays', () => {
    const right = learnFromLabels(world, labels, learnedFrom(world))
    for (const at of TRUE_M.keys()) expect(shareOf(right, at)).toBeCloseTo(TRUE_M[at]!, 2)
    expect(right.thresholds.match).toBeCloseTo(0.5, 1)
  })

  test('levels go on to sum to what they did, and probabilities stay probabilities', () => {
    const label = fc.record({
      levels: fc.constantFrom(...everyPattern).map((levels) => levels.map((level, at) => (at === 1 ? -1 : level))),
      isSame: fc.boolean(),
      weight: fc.constantFrom(1, 0.5, 0.25),
    })
    fc.assert(
      fc.property(fc.array(label, { maxLength: 60 }), fc.integer(), (some, seed) => {
        const taught = learnFromLabels(wrong, some, learnedFrom(world))
        for (const { levels } of taught.comparisons) {
          expect(levels.reduce((sum, { m }) => sum + m, 0)).toBeCloseTo(1, 9)
          for (const { m, u } of levels) expect(Math.min(m, u)).toBeGreaterThan(0)
        }
        const { match, review } = taught.thresholds
        expect(0.02 <= review && review <= match && match <= 0.98).toBe(true)
        expect(taught.priorMatch).toBeGreaterThan(0)
        const shuffled = some.map((one, at) => ({ one, key: (at * 7919 + seed) % 61 })).sort((x, y) => x.key - y.key)
        expect(
          learnFromLabels(
            wrong,
            shuffled.map(({ one }) => one),
            learnedFrom(world),
          ),
        ).toEqual(taught)
      }),
    )
  })

  test('fewer than ten of a kind leave the thresholds as they are', () => {
    const few = [...labels.filter(({ isSame }) => isSame), ...labels.filter(({ isSame }) => !isSame).slice(0, 9)]
    expect(learnFromLabels(wrong, few, learnedFrom(world)).thresholds).toEqual(wrong.thresholds)
  })

  test('without labels nothing changes', () => {
    expect(learnFromLabels(wrong, [], learnedFrom(world))).toBe(wrong)
  })
})

describe('odds are set right by labels', () => {
  /** For each score a sample of the odds `intercept + slope * bits`, looked at more often where in doubt. */
  const sample = (interceptBits: number, slope: number): ScoredLabel[] =>
    [-6, -4, -2, -1, 0, 1, 2, 4, 6].flatMap((bits) => {
      const looked = Math.abs(bits) < 3 ? 200 : 40
      const same = Math.round(looked / (1 + 2 ** -(interceptBits + slope * bits)))
      return Array.from({ length: looked }, (_, at) => ({ bits, isSame: at < same, weight: 1 }))
    })

  test.each([
    [0, 1],
    [2, 1],
    [-1.5, 0.6],
    [1, 1.5],
  ])('intercept %d and slope %d are found, whatever was looked at more often', (interceptBits, slope) => {
    const found = calibrate(sample(interceptBits, slope))
    expect(found.interceptBits).toBeCloseTo(interceptBits, 0)
    expect(Math.abs(found.slope - slope)).toBeLessThan(0.15)
  })

  test('no label leaves them as they are, and a few move them little', () => {
    expect(calibrate([])).toEqual({ slope: 1, interceptBits: 0 })
    const { interceptBits } = calibrate([{ bits: 3, isSame: false, weight: 1 }])
    expect(interceptBits).toBeLessThan(0)
    expect(interceptBits).toBeGreaterThan(-2)
  })

  test('one label far from where it should be moves next to nothing', () => {
    const right = sample(0, 1)
    const { slope, interceptBits } = calibrate([...right, { bits: 20, isSame: false, weight: 1 }])
    const without = calibrate(right)
    expect(Math.abs(slope - without.slope)).toBeLessThan(0.01)
    expect(Math.abs(interceptBits - without.interceptBits)).toBeLessThan(0.01)
  })

  test('more bits never mean less, whatever people say', () => {
    const label = fc.record({
      bits: fc.double({ min: -40, max: 40, noNaN: true }),
      isSame: fc.boolean(),
      weight: fc.constantFrom(1, 0.1),
    })
    fc.assert(
      fc.property(fc.array(label, { maxLength: 40 }), (labels) => {
        const { slope, interceptBits } = calibrate(labels)
        expect(slope).toBeGreaterThan(0)
        expect(Number.isFinite(interceptBits)).toBe(true)
      }),
    )
  })
})

describe('a model is held against labels', () => {
  const label = (isSame: boolean, verdict: 'match' | 'review' | 'distinct', probability: number) => ({
    isSame,
    verdict,
    probability,
  })

  test('precision and recall are of matches, with how sure they are', () => {
    const measured = measureLabels([
      ...Array.from({ length: 8 }, () => label(true, 'match', 0.99)),
      label(false, 'match', 0.97),
      label(true, 'review', 0.4),
      label(false, 'distinct', 0.01),
    ])
    expect(measured.judged).toEqual({
      match: { same: 8, different: 1 },
      review: { same: 1, different: 0 },
      distinct: { same: 0, different: 1 },
    })
    expect(measured.precision).toMatchObject({ share: 8 / 9, of: 9 })
    // Wilson's interval of 8 of 9, reckoned by hand.
    expect(measured.precision?.low).toBeCloseTo(0.565, 3)
    expect(measured.precision?.high).toBeCloseTo(0.98, 3)
    expect(measured.recall).toMatchObject({ share: 8 / 9 })
    expect(measured.thresholds.find(({ match }) => match === 0.4)?.recall?.share).toBe(1)
  })

  test('raising a threshold never finds more, and no labels are no measure', () => {
    const labels = fc.array(
      fc.record({
        isSame: fc.boolean(),
        verdict: fc.constantFrom('match' as const, 'review' as const, 'distinct' as const),
        probability: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
    )
    fc.assert(
      fc.property(labels, (some) => {
        const { thresholds, calibration, recall } = measureLabels(some)
        const recalls = thresholds.map(({ recall: share }) => share?.share ?? 0)
        expect(recalls).toEqual(recalls.toSorted((x, y) => y - x))
        expect(calibration.reduce((sum, { labels: within }) => sum + within, 0)).toBe(some.length)
        if (!some.some(({ isSame }) => isSame)) expect(recall).toBeUndefined()
      }),
    )
  })
})
