import { expect, test } from 'vitest'
import type { Comparison } from '../../src/engine/comparison.ts'
import { drawNumbers } from '../../src/engine/draw-numbers.ts'
import { LEVEL_PRIORS } from '../../src/engine/level-priors.ts'
import { openPatternCounter } from '../../src/engine/pattern-table.ts'
import { trainModel } from '../../src/engine/train-model.ts'

// Three questions with known answers: P(level | one person) and P(level | strangers).
const KNOWN = [
  { m: [0.9, 0.1], u: [0.4, 0.6] },
  { m: [0.95, 0.05], u: [0.02, 0.98] },
  { m: [0.8, 0.2], u: [0.01, 0.99] },
] as const
const SHARED = [0.1, 0.05, 0.05] as const
const MATCHES = 20_000
const HOUSEHOLD = 10_000
const STRANGERS = 470_000

function open(at: number): Comparison {
  const [same, different] = KNOWN[at]!.u
  return {
    name: `question ${at}`,
    kind: 'sex',
    levels: [
      { label: 'same', m: LEVEL_PRIORS.sex.levels[0]!.m, u: same },
      { label: 'different', m: LEVEL_PRIORS.sex.levels[1]!.m, u: different },
    ],
    groupOf: new Uint8Array(2),
    exactLevels: 0,
    strata: [],
    compare: () => 0,
    isKnown: () => true,
  }
}

test('m, u and the prior are recovered from patterns generated with known ones', () => {
  const next = drawNumbers(11)
  const counter = openPatternCounter(KNOWN.length)
  const totals = KNOWN.map(() => new Float64Array(2))
  const draw = (chance: (at: number) => number, pairs: number): void => {
    for (let pair = 0; pair < pairs; pair++) {
      const levels = Int8Array.from(KNOWN, (_, at) => (next() < chance(at) ? 0 : 1))
      levels.forEach((level, at) => totals[at]![level]!++)
      counter.count(levels, 0, 1)
    }
  }
  draw((at) => KNOWN[at]!.m[0], MATCHES)
  draw((at) => SHARED[at]! * KNOWN[at]!.m[0] + (1 - SHARED[at]!) * KNOWN[at]!.u[0], HOUSEHOLD)
  draw((at) => KNOWN[at]!.u[0], STRANGERS)
  const allPairs = MATCHES + HOUSEHOLD + STRANGERS
  const { model } = trainModel({
    comparisons: KNOWN.map((_, at) => open(at)),
    patterns: counter.finish(),
    counted: totals.map((levels) => ({ totals: levels, known: allPairs })),
    allPairs,
    rowCount: 1000,
    rules: [],
    expectedRecall: 1,
  })
  expect(Math.abs(model.priorMatch * allPairs - MATCHES)).toBeLessThan(MATCHES * 0.1)
  KNOWN.forEach(({ m, u }, at) => {
    const [same] = model.comparisons[at]!.levels
    expect(Math.abs(same!.m - m[0]), `m of ${at}`).toBeLessThan(0.03)
    expect(Math.abs(same!.u - u[0]), `u of ${at}`).toBeLessThan(0.01)
  })
})
