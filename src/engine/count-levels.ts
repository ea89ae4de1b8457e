import { MISSING, type Comparison } from './comparison.ts'
import { drawNumbers } from './draw-numbers.ts'
import { countAllPairs, countPairs, type PairSpace } from './pair-space.ts'

/** Random pairs looked at: a level seen by 1 in 1,000 of them is counted to a fourteenth. */
const RANDOM_PAIRS = 200_000
/** Pairs looked at among rows that share a value; more of them say little more about that value. */
const PAIRS_A_BLOCK = 4
/** Pairs are counted in twelfths, which halves, thirds and quarters of them are: sums of whole numbers have no order. */
const PARTS = 12

export interface LevelCounts {
  /** Pairs of the whole space at each level, estimated, one per level. */
  readonly totals: Float64Array
  /** Pairs of which both sides are known. */
  readonly known: number
}

/** Comparisons that are asked of a pair in turn, and so counted together: those of names, others alone. */
export function pairUp(comparisons: readonly Comparison[]): readonly (readonly Comparison[])[] {
  const groups: Comparison[][] = []
  for (const comparison of comparisons) {
    if (comparison.isAskedWithBefore === true && groups.length > 0) groups.at(-1)!.push(comparison)
    else groups.push([comparison])
  }
  return groups
}

/**
 * How many of all pairs of rows some comparisons put at which level. Agreement is rare, so it is counted inside each
 * group of rows that share a value; the rest is estimated from pairs drawn at random. `order` makes the draw a
 * function of what the rows say (see `rankRows`).
 */
export function countLevels(
  comparisons: readonly Comparison[],
  space: PairSpace,
  order: Int32Array,
): readonly LevelCounts[] {
  const { rowCount, fileOf, linkOnly } = space
  const counts = comparisons.map(({ levels }) => new Float64Array(levels.length))
  comparisons.forEach((comparison, at) => countShared(comparison, space, order, counts[at]!))
  const next = drawNumbers(1)
  const draws = Math.min(RANDOM_PAIRS, rowCount * 50)
  const drawn = comparisons.map(({ levels }) => new Float64Array(levels.length))
  let valid = 0
  for (let draw = 0; draw < draws; draw++) {
    const a = order[Math.floor(next() * rowCount)]!
    const b = order[Math.floor(next() * rowCount)]!
    if (a === b || (linkOnly && fileOf[a] === fileOf[b])) continue
    valid++
    for (let at = 0; at < comparisons.length; at++) {
      const { strata, compare } = comparisons[at]!
      if (isShared(strata, strata.length, a, b)) continue
      const level = compare(a, b)
      if (level !== MISSING) drawn[at]![level]!++
    }
  }
  const scale = valid === 0 ? 0 : countAllPairs(space) / valid
  return counts.map((totals, at) => {
    const { levels, groupOf, exactLevels } = comparisons[at]!
    const seen = new Float64Array(8)
    drawn[at]!.forEach((count, level) => (seen[groupOf[level]!]! += count))
    for (let level = 0; level < totals.length; level++) {
      totals[level]! /= PARTS
      const known = seen[groupOf[level]!]!
      const count = drawn[at]![level]!
      // What is too rare for the draw is not thereby impossible: one sighting is assumed in as many pairs as it should
      // take, a gamma prior of shape 1 at the shipped belief. Levels that are seen hardly notice.
      const share =
        level < exactLevels || known === 0 ? count / Math.max(1, known) : (count + 1) / (known + 1 / levels[level]!.u)
      totals[level]! += share * known * scale
    }
    return { totals, known: totals.reduce((sum, count) => sum + count, 0) }
  })
}

/** Whether two rows share a value of one of the first `count` strata. */
function isShared(strata: Comparison['strata'], count: number, a: number, b: number): boolean {
  for (let at = 0; at < count; at++) {
    const code = strata[at]![a]!
    if (code !== 0 && code === strata[at]![b]) return true
  }
  return false
}

function countShared(comparison: Comparison, space: PairSpace, order: Int32Array, totals: Float64Array): void {
  const { rowCount, fileOf, fileCount, linkOnly } = space
  const { levelOfShared } = comparison
  comparison.strata.forEach((codes, stratum) => {
    let most = 0
    for (let row = 0; row < rowCount; row++) if (codes[row]! > most) most = codes[row]!
    const sizes = new Int32Array(most + 1)
    for (let row = 0; row < rowCount; row++) sizes[codes[row]!]!++
    sizes[0] = 0
    // Where the code alone decides, its rows need not be looked up.
    let asked = 0
    for (let code = 1; code <= most; code++) {
      const size = sizes[code]!
      const level = linkOnly || stratum > 0 ? MISSING : (levelOfShared?.(code) ?? MISSING)
      if (size > 1 && level === MISSING) asked += size
      else sizes[code] = 0
      if (size > 1 && level !== MISSING) totals[level]! += ((size * (size - 1)) / 2) * PARTS
    }
    if (asked === 0) return
    const ends = new Int32Array(most + 2)
    for (let code = 1; code <= most; code++) ends[code + 1] = ends[code]! + sizes[code]!
    const places = ends.slice()
    const rows = new Int32Array(asked)
    for (let rank = 0; rank < rowCount; rank++) {
      const row = order[rank]!
      const code = codes[row]!
      if (sizes[code] !== 0) rows[places[code]!++] = row
    }
    const perFile = new Float64Array(fileCount)
    for (let code = 1; code <= most; code++) {
      const from = ends[code]!
      const size = sizes[code]!
      if (size < 2) continue
      perFile.fill(0)
      if (linkOnly) for (let at = from; at < from + size; at++) perFile[fileOf[rows[at]!]!]!++
      const pairs = linkOnly ? countPairs(perFile, true) : (size * (size - 1)) / 2
      if (pairs === 0) continue
      if (comparison.exactLevels > 0 && comparison.classOf !== undefined) {
        const level = comparison.compare(rows[from]!, rows[from + 1]!)
        if (level !== MISSING) totals[level]! += pairs * PARTS
        continue
      }
      // Steps through the block far apart, so that one file or one spelling does not stand for all.
      const takenA: number[] = []
      const takenB: number[] = []
      for (let tried = 0; tried < PAIRS_A_BLOCK * 4 && takenA.length < Math.min(PAIRS_A_BLOCK, pairs); tried++) {
        const a = rows[from + ((tried * 7) % size)]!
        const b = rows[from + ((tried * 11 + 1 + (tried % (size - 1))) % size)]!
        if (a === b || (linkOnly && fileOf[a] === fileOf[b])) continue
        takenA.push(a)
        takenB.push(b)
      }
      for (let at = 0; at < takenA.length; at++) {
        const a = takenA[at]!
        const b = takenB[at]!
        const level = isShared(comparison.strata, stratum, a, b) ? MISSING : comparison.compare(a, b)
        if (level !== MISSING) totals[level]! += pairs * (PARTS / takenA.length)
      }
    }
  })
}
