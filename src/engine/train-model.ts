import type { LevelCounts } from './count-levels.ts'
import type { Comparison, KeyRule } from './comparison.ts'
import { LEVEL_PRIORS, type ComparisonKind } from './level-priors.ts'
import { openNamesakeDiscount } from './open-namesake-discount.ts'
import { orderLevels } from './order-levels.ts'
import type { PatternTable } from './pattern-table.ts'
import type { TrainedModel } from './trained-model.ts'

export interface TrainingInput {
  readonly comparisons: readonly Comparison[]
  /** Candidates' patterns. */
  readonly patterns: PatternTable
  /** Levels of all pairs, one per comparison. */
  readonly counted: readonly LevelCounts[]
  /** Pairs in the whole space, candidates or not. */
  readonly allPairs: number
  readonly rowCount: number
  readonly rules: readonly KeyRule[]
  /** Share of true pairs that blocking is expected to have found. */
  readonly expectedRecall: number
}

export interface Training {
  readonly model: TrainedModel
  readonly rounds: number
  /** True pairs expected among the candidates, and household pairs. */
  readonly expectedMatches: number
  readonly expectedHousehold: number
  /** log2 likelihood a candidate of the last round. */
  readonly bitsPerCandidate: number
}

/** What the shipped beliefs weigh against the data, in true pairs: they decide where tens are seen, not where thousands are. */
const PRIOR_PAIRS = 100
/** The same for chance agreement, in rows, because how often values repeat is learned from rows, not from their pairs. */
const PRIOR_ROWS = 200
const SHARED_PRIOR_PAIRS = 20
const MOST_ROUNDS = 100
const SETTLED = 1e-5
/** Of the pairs at a level, at least this share is taken to be strangers: no agreement is beyond all chance. */
const LEAST_STRANGERS = 0.02
const LEAST_U = 1e-9
/**
 * One person's rows differ here in at most this share, however bad the data: names change by marriage and are written
 * in many ways, a birth date does not change. Without it the kind "one person" may drift to neighbours, or to
 * strangers of one street, where there are many of those: a mixture has no names for its parts.
 */
const MOST_DIFFERENT: Partial<Readonly<Record<ComparisonKind, number>>> = {
  given_name: 0.4,
  family_name: 0.4,
  birth_date: 0.3,
  sex: 0.2,
}

/**
 * Fits a mixture of three kinds of pairs (one person, one household, strangers; Larsen & Rubin 2001) to the
 * patterns of the candidates by expectation and maximisation, without labels.
 *
 * Strangers: u is counted over all pairs of rows, less what the other kinds are expected to have there, because
 * candidates agree on their blocking key by construction. One person: m of a comparison is learned from pairs that
 * some rule finds without looking at it, for the same reason. Household: agrees on each thing either as one person
 * would or as strangers do; one share per comparison is learned, bounded, so that a household stays one. The shipped
 * beliefs count as a few pairs of each kind. Deterministic; the order of patterns does not matter.
 */
export function trainModel(input: TrainingInput): Training {
  const { comparisons, counted, allPairs, rowCount, expectedRecall } = input
  const { width } = input.patterns
  const order = sortPatterns(input.patterns)
  const { counts } = input.patterns
  const free = findFree(input)
  const starts = comparisons.map((comparison, at) => {
    const prior = LEVEL_PRIORS[comparison.kind]
    const m = normalizeByGroup(
      comparison.levels.map((level) => level.m),
      comparison.groupOf,
    )
    const u0 = normalizeByGroup(
      comparison.levels.map((level) => level.u),
      comparison.groupOf,
    )
    const known = sumByGroup(counted[at]!.totals, comparison.groupOf)
    const u1 = u0.map((share, level) => (share * known[comparison.groupOf[level]!]! * PRIOR_ROWS) / rowCount + share)
    const u = estimateU(counted[at]!, u1, comparison.groupOf)
    return { m, m0: m.slice(), u1, u, shared: prior.shared }
  })
  const namesakes = openNamesakeDiscount({
    rowCount,
    comparisons: comparisons.map(({ name, kind, levels }, at) => {
      const { m, u, shared } = starts[at]!
      return { name, kind, shared, levels: levels.map(({ label }, level) => ({ label, m: m[level]!, u: u[level]! })) }
    }),
  })
  const isNamesOnly = Uint8Array.from(counts, (_, pattern) =>
    namesakes.isNamesOnly(input.patterns.levels, pattern * width) ? 1 : 0,
  )
  const shares = layOut(
    comparisons.map((comparison) => comparison.levels.length),
    input.patterns,
  )
  const { places } = shares
  const state = starts.map((start, at) => {
    const part = { ...start, m: shares.m[at]!, u: shares.u[at]!, h: shares.h[at]! }
    part.m.set(start.m)
    part.u.set(start.u)
    return part
  })
  const sharedOf = new Float64Array(width)
  const mix = (): void => {
    for (const [at, part] of state.entries()) {
      sharedOf[at] = part.shared
      for (let l = 0; l < part.m.length; l++) part.h[l] = part.shared * part.m[l]! + (1 - part.shared) * part.u[l]!
    }
  }
  mix()
  let matches = Math.min(rowCount * 0.25, allPairs * 0.25)
  let household = matches * 0.25
  let rounds = 0
  let bits = 0
  for (; rounds < MOST_ROUNDS; rounds++) {
    const { allM, allH, allU, allSumM, allFreeM, allSumH, sumM, freeM, sumH } = shares
    allSumM.fill(0)
    allFreeM.fill(0)
    allSumH.fill(0)
    const sharedSum = new Float64Array(width)
    const householdSum = new Float64Array(width)
    let nextMatches = 0
    let nextHousehold = 0
    bits = 0
    let candidates = 0
    const priorM = matches / allPairs
    const priorH = household / allPairs
    for (const pattern of order) {
      let inM = priorM
      let inH = priorH
      let inU = Math.max(1e-12, 1 - priorM - priorH)
      const from = pattern * width
      for (let at = 0; at < width; at++) {
        const place = places[from + at]!
        if (place < 0) continue
        inM *= allM[place]!
        inH *= allH[place]!
        inU *= allU[place]!
      }
      const total = inM + inH + inU
      const count = counts[pattern]!
      candidates += count
      bits += count * Math.log2(total)
      // What names alone are not worth in the end must teach nothing before.
      const least = isNamesOnly[pattern] === 1 ? 1 / (1 + 2 ** namesakes.discount(Math.log2(inM / (inH + inU)))) : 0
      const rest = Math.max(least, (inH + inU) / total)
      const ofM = count * (1 - rest)
      const ofH = (count * rest * inH) / (inH + inU)
      nextMatches += ofM
      nextHousehold += ofH
      for (let at = 0; at < width; at++) {
        const place = places[from + at]!
        if (place < 0) continue
        allSumM[place]! += ofM
        allSumH[place]! += ofH
        if (free[from + at] === 1) allFreeM[place]! += ofM
        householdSum[at]! += ofH
        sharedSum[at]! += (ofH * sharedOf[at]! * allM[place]!) / allH[place]!
      }
    }
    bits /= Math.max(1, candidates)
    const change =
      Math.abs(nextMatches - matches) / Math.max(1, matches) +
      Math.abs(nextHousehold - household) / Math.max(1, household)
    matches = Math.max(nextMatches, 1e-3)
    household = Math.max(nextHousehold, 1e-3)
    for (let at = 0; at < width; at++) {
      const part = state[at]!
      const comparison = comparisons[at]!
      const seen = sumOf(freeM[at]!) >= PRIOR_PAIRS ? freeM[at]! : sumM[at]!
      const m = part.m
      for (let level = 0; level < m.length; level++) m[level] = seen[level]! + PRIOR_PAIRS * part.m0[level]!
      normalizeByGroup(m, comparison.groupOf)
      limitDifference(m, MOST_DIFFERENT[comparison.kind] ?? 1)
      const { totals } = counted[at]!
      for (let level = 0; level < m.length; level++) {
        // Blocking misses some true pairs, and those are not strangers either.
        const taken = sumM[at]![level]! / Math.max(0.3, expectedRecall) + sumH[at]![level]!
        part.u[level] = Math.max(totals[level]! - taken, totals[level]! * LEAST_STRANGERS) + part.u1[level]!
      }
      normalizeByGroup(part.u, comparison.groupOf)
      for (let level = 0; level < m.length; level++) part.u[level] = Math.max(part.u[level]!, LEAST_U)
      orderLevels(m, part.u, comparison)
      const prior = LEVEL_PRIORS[comparison.kind]
      const shared = (sharedSum[at]! + SHARED_PRIOR_PAIRS * prior.shared) / (householdSum[at]! + SHARED_PRIOR_PAIRS)
      part.shared = Math.min(prior.mostShared, shared)
    }
    mix()
    if (change < SETTLED) break
  }
  return {
    model: {
      priorMatch: matches / allPairs,
      priorHousehold: household / allPairs,
      rowCount,
      comparisons: comparisons.map(({ name, kind, levels: named }, at) => ({
        name,
        kind,
        shared: state[at]!.shared,
        levels: named.map(({ label }, level) => ({ label, m: state[at]!.m[level]!, u: state[at]!.u[level]! })),
      })),
    },
    rounds,
    expectedMatches: matches,
    expectedHousehold: household,
    bitsPerCandidate: bits,
  }
}

/** All levels of all comparisons one behind the other, so that what a pattern asks for is found by one number. */
function layOut(sizes: readonly number[], { width, levels }: PatternTable) {
  const offsets = sizes.map((_, at) => sizes.slice(0, at).reduce((sum, size) => sum + size, 0))
  const total = sizes.reduce((sum, size) => sum + size, 0)
  const places = new Int16Array(levels.length)
  for (let at = 0; at < levels.length; at++) places[at] = levels[at]! < 0 ? -1 : offsets[at % width]! + levels[at]!
  const [allM, allH, allU, allSumM, allFreeM, allSumH] = Array.from({ length: 6 }, () => new Float64Array(total)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  const cut = (all: Float64Array): readonly Float64Array[] =>
    sizes.map((size, at) => all.subarray(offsets[at], offsets[at]! + size))
  return {
    places,
    ...{ allM, allH, allU, allSumM, allFreeM, allSumH },
    ...{ m: cut(allM), h: cut(allH), u: cut(allU), sumM: cut(allSumM), freeM: cut(allFreeM), sumH: cut(allSumH) },
  }
}

/** Takes from the last level what is beyond `most` and gives it to the others, in their proportion; in place. */
function limitDifference(m: Float64Array, most: number): void {
  const last = m.length - 1
  const rest = 1 - m[last]!
  if (m[last]! <= most || rest <= 0) return
  for (let level = 0; level < last; level++) m[level]! *= (1 - most) / rest
  m[last] = most
}

function sumByGroup(values: Float64Array, groupOf: Uint8Array): Float64Array {
  const sums = new Float64Array(8)
  for (let level = 0; level < values.length; level++) sums[groupOf[level]!]! += values[level]!
  return sums
}

function estimateU(counted: LevelCounts, u1: Float64Array, groupOf: Uint8Array): Float64Array {
  const u = Float64Array.from(u1, (share, level) => Math.max(counted.totals[level]! + share, 0))
  normalizeByGroup(u, groupOf)
  return u.map((share) => Math.max(share, LEAST_U))
}

/** Makes the levels of each group sum to 1, in place. */
function normalizeByGroup(shares: Float64Array | readonly number[], groupOf: Uint8Array): Float64Array {
  const result = shares instanceof Float64Array ? shares : Float64Array.from(shares)
  const sums = new Float64Array(8)
  for (let level = 0; level < result.length; level++) sums[groupOf[level]!]! += result[level]!
  for (let level = 0; level < result.length; level++) result[level]! /= sums[groupOf[level]!]! || 1
  return result
}

const sumOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0)

/** For each pattern and comparison, whether some rule surely finds such a pair without looking at the comparison. */
function findFree({ patterns, rules }: TrainingInput): Uint8Array {
  const { width, levels, counts } = patterns
  const free = new Uint8Array(counts.length * width)
  const SURE = 0.99
  for (let pattern = 0; pattern < counts.length; pattern++) {
    const from = pattern * width
    for (const { parts } of rules) {
      const holds = parts.every(({ comparison, agreement }) => {
        const level = levels[from + comparison]!
        return level >= 0 && agreement[level]! >= SURE
      })
      if (!holds) continue
      for (let at = 0; at < width; at++) if (!parts.some(({ comparison }) => comparison === at)) free[from + at] = 1
    }
  }
  return free
}

/** Patterns in the order of their levels, whatever order they were found in: sums of doubles depend on it. */
function sortPatterns({ width, levels, counts }: PatternTable): Int32Array {
  const order = Int32Array.from(counts, (_, at) => at)
  return order.sort((a, b) => {
    for (let at = 0; at < width; at++) {
      const difference = levels[a * width + at]! - levels[b * width + at]!
      if (difference !== 0) return difference
    }
    return 0
  })
}
