import { openNamesakeDiscount } from './open-namesake-discount.ts'
import type { PatternTable } from './pattern-table.ts'
import type { TrainedModel } from './trained-model.ts'

export interface PatternScores {
  /** P(one person), 0 to 1, one per pattern. */
  readonly probability: Float64Array
  /** log2 odds of one person against everything else, prior included. */
  readonly oddsBits: Float64Array
  /** True pairs that the probabilities of all patterns promise together. */
  readonly expectedMatches: number
}

/** Weighs each pattern once under the model. */
export function scorePatterns({ width, levels, counts }: PatternTable, model: TrainedModel): PatternScores {
  const probability = new Float64Array(counts.length)
  const oddsBits = new Float64Array(counts.length)
  const score = openJoinScorer(model)
  let expectedMatches = 0
  for (let pattern = 0; pattern < counts.length; pattern++) {
    oddsBits[pattern] = score(levels, pattern * width)
    probability[pattern] = 1 / (1 + 2 ** -oddsBits[pattern]!)
    expectedMatches += counts[pattern]! * probability[pattern]!
  }
  return { probability, oddsBits, expectedMatches }
}

/** What `openScorer` says, less what names alone must not decide: the score by which rows are joined. */
export function openJoinScorer(model: TrainedModel): (levels: Int8Array, from: number) => number {
  const score = openScorer(model)
  const { isNamesOnly, discount } = openNamesakeDiscount(model)
  return (levels, from) => {
    const bits = score(levels, from)
    return isNamesOnly(levels, from) ? discount(bits) : bits
  }
}

/** The log2 odds of one person for a pair whose levels stand in `levels` from `from` on; missing levels weigh nothing. */
export function openScorer(model: TrainedModel): (levels: Int8Array, from: number) => number {
  const width = model.comparisons.length
  const weights = model.comparisons.map(({ levels: shares, shared }) => ({
    m: Float64Array.from(shares, ({ m }) => Math.log2(m)),
    u: Float64Array.from(shares, ({ u }) => Math.log2(u)),
    h: Float64Array.from(shares, ({ m, u }) => Math.log2(shared * m + (1 - shared) * u)),
  }))
  const priorM = Math.log2(model.priorMatch)
  const priorH = Math.log2(model.priorHousehold)
  const priorU = Math.log2(1 - model.priorMatch - model.priorHousehold)
  return (levels, from) => {
    let m = 0
    let h = 0
    let u = 0
    for (let at = 0; at < width; at++) {
      const level = levels[from + at]!
      if (level < 0) continue
      m += weights[at]!.m[level]!
      h += weights[at]!.h[level]!
      u += weights[at]!.u[level]!
    }
    return priorM + m - addBits(priorH + h, priorU + u)
  }
}

/** log2(2^a + 2^b) without overflow. */
function addBits(a: number, b: number): number {
  const high = Math.max(a, b)
  return high + Math.log2(1 + 2 ** (Math.min(a, b) - high))
}
