import type { Comparison } from '../engine/comparison.ts'
import type { EngineModel } from '../engine/engine-model.ts'
import { orderLevels } from '../engine/order-levels.ts'
import type { PatternTable } from '../engine/pattern-table.ts'
import { calibrate } from './calibrate.ts'
import { MISSING, type ComparisonVector } from './comparison.ts'
import { weighKinds } from './weigh-kinds.ts'

/** A pair that a person judged, as the model compares it. */
export interface LabelledPair {
  readonly levels: ComparisonVector
  readonly isSame: boolean
  /** How much of one judgement it is, above 0, to 1: a split says one thing about many pairs. */
  readonly weight: number
}

/** What the model was learned from without labels. */
export interface LearnedFrom {
  readonly comparisons: readonly Pick<Comparison, 'groupOf' | 'exactLevels'>[]
  readonly patterns: PatternTable
  /** Pairs in all, candidates or not. */
  readonly allPairs: number
}

/** What the shipped beliefs weighed in training, in true pairs: they stand beside what was seen. */
const PRIOR_PAIRS = 100
/** Labels move a level's share to a tenth at most: what many pairs showed is not undone by a few words. */
const LEAST_SHARE_KEPT = 0.1
/** Labels of each kind, whole judgements, from which on they choose thresholds: fewer say where odds are even by chance. */
const FEWEST_OF_A_KIND = 10
/** Whatever labels say: a match is at least more likely than one in four, and a doubt than one in fifty. */
const MATCH_BOUNDS = [0.25, 0.98] as const
const LEAST_REVIEW = 0.02

/**
 * What people's labels teach a model that was learned without [C10]: one step of expectation and maximisation in which
 * labelled pairs are of the kind that was said, instead of as likely as the model thought. Stewards label what is
 * doubtful, not what is usual; yet which pairs they looked at depends on the levels alone, which the step takes into
 * account, so that such a sample teaches m and u without bias (ignorable selection; Rubin 1976), where plain counts of
 * levels among labelled pairs would take strangers for alike. Each label counts as one pair beside the pairs that the
 * level's share was learned from, so that few labels change little.
 *
 * Thresholds: from where labels, not the model, say that odds are even (`calibrate`), and one to nine for a doubt, as
 * soon as there are ten labels of each kind.
 * Without labels the model is the same. The order of labels and patterns changes nothing.
 */
export function learnFromLabels(
  model: EngineModel,
  labels: readonly LabelledPair[],
  learned: LearnedFrom,
): EngineModel {
  if (labels.length === 0) return model
  const sorted = labels.toSorted((x, y) => compareTexts(nameLabel(x), nameLabel(y)))
  const seen = countExpected(model, learned)
  const moved = model.comparisons.map(({ levels }) => ({
    m: new Float64Array(levels.length),
    u: new Float64Array(levels.length),
  }))
  let matches = 0
  for (const { levels, isSame, weight } of sorted) {
    const { same, strangers, household } = weighKinds(model, levels)
    const gained = weight * ((isSame ? 1 : 0) - same)
    const told = isSame ? 0 : strangers / Math.max(strangers + household, Number.MIN_VALUE)
    const gainedStrangers = weight * (told - strangers)
    matches += gained
    for (const [at, { m, u }] of moved.entries()) {
      const level = levels[at] ?? MISSING
      if (level === MISSING) continue
      m[level]! += gained
      u[level]! += gainedStrangers
    }
  }
  const expected = model.priorMatch * learned.allPairs
  const comparisons = model.comparisons.map((comparison, at) => {
    const { groupOf } = learned.comparisons[at]!
    const { m: movedM, u: movedU } = moved[at]!
    const m = shift(
      comparison.levels.map(({ m: share }) => share),
      movedM,
      groupOf,
      seen[at]!,
    )
    // Chance agreement was counted over all pairs: a label is one of them.
    const all = new Float64Array(8).fill(learned.allPairs)
    const u = shift(
      comparison.levels.map(({ u: share }) => share),
      movedU,
      groupOf,
      all,
    )
    if (movedM.some((count) => count !== 0)) orderLevels(m, u, learned.comparisons[at] as Comparison)
    return {
      ...comparison,
      levels: comparison.levels.map(({ label }, level) => ({ label, m: m[level]!, u: u[level]! })),
    }
  })
  const taught = {
    ...model,
    comparisons,
    priorMatch: Math.max(expected * LEAST_SHARE_KEPT, expected + matches) / learned.allPairs,
  }
  return { ...taught, thresholds: chooseThresholds(taught, sorted) }
}

/** Where the labels put even odds, and one to nine, on the model's scale. */
function chooseThresholds(model: EngineModel, labels: readonly LabelledPair[]): EngineModel['thresholds'] {
  const countWeight = (kind: boolean): number =>
    labels.reduce((sum, { isSame, weight }) => sum + (isSame === kind ? weight : 0), 0)
  if (Math.min(countWeight(true), countWeight(false)) < FEWEST_OF_A_KIND) return model.thresholds
  const { slope, interceptBits } = calibrate(
    labels.map(({ levels, isSame, weight }) => {
      const { same } = weighKinds(model, levels)
      return { bits: Math.log2(same / Math.max(1 - same, Number.EPSILON)), isSame, weight }
    }),
  )
  const place = (probability: number): number => {
    const bits = (Math.log2(probability / (1 - probability)) - interceptBits) / slope
    return Math.round((1e4 * 1) / (1 + 2 ** -bits)) / 1e4
  }
  const match = Math.min(MATCH_BOUNDS[1], Math.max(MATCH_BOUNDS[0], place(model.thresholds.match)))
  return { match, review: Math.min(match, Math.max(LEAST_REVIEW, place(model.thresholds.review))) }
}

/** How many pairs m of each group of levels was learned from, by comparison; whole, so that no order of sums shows. */
function countExpected(model: EngineModel, { comparisons, patterns }: LearnedFrom): Float64Array[] {
  const { width, levels, counts } = patterns
  const sums = comparisons.map(() => new Float64Array(8).fill(PRIOR_PAIRS))
  for (let pattern = 0; pattern < counts.length; pattern++) {
    const own = levels.subarray(pattern * width, (pattern + 1) * width)
    const expected = counts[pattern]! * weighKinds(model, own).same
    for (let at = 0; at < width; at++) {
      const level = own[at]!
      if (level >= 0) sums[at]![comparisons[at]!.groupOf[level]!]! += expected
    }
  }
  return sums.map((sum) => sum.map(Math.round))
}

/** Shares of levels with some pairs moved, summing to what they did within each group. */
function shift(shares: readonly number[], moved: Float64Array, groupOf: Uint8Array, pairs: Float64Array): Float64Array {
  if (moved.every((count) => count === 0)) return Float64Array.from(shares)
  const shifted = Float64Array.from(shares, (share, level) => {
    const seen = share * pairs[groupOf[level]!]!
    return Math.max(seen * LEAST_SHARE_KEPT, seen + moved[level]!)
  })
  const [before, after] = [new Float64Array(8), new Float64Array(8)]
  for (const [level, share] of shares.entries()) {
    before[groupOf[level]!]! += share
    after[groupOf[level]!]! += shifted[level]!
  }
  return shifted.map((share, level) => {
    const group = groupOf[level]!
    return after[group]! > 0 ? (share * before[group]!) / after[group]! : share
  })
}

function nameLabel({ levels, isSame, weight }: LabelledPair): string {
  return `${levels.join()} ${isSame} ${weight}`
}

function compareTexts(x: string, y: string): number {
  return x < y ? -1 : x > y ? 1 : 0
}
