import { findBin } from './find-bin.ts'
import { sortIndexes } from './sort-indexes.ts'

export type QuintileMethod = 'ntile' | 'cume_dist' | 'fixed'

const BINS = 5

/**
 * Scores of 1 (worst) to 5 for one measure, and the four cut points that explain them, ascending.
 * `better` says which end is good. With `higher`, a value up to the first cut point scores 1; with `lower`, 5.
 * `byId` orders the rows for `ntile`'s ties. Cut points of `ntile` and `cume_dist` are the largest value of each bin,
 * -Infinity where a bin and all below it are empty; `fixed` returns those given.
 */
export function scoreQuintiles(
  values: Float64Array,
  byId: Uint32Array,
  better: 'higher' | 'lower',
  method: QuintileMethod,
  given: readonly number[],
): { scores: Uint8Array; cutPoints: readonly number[] } {
  if (method === 'fixed') {
    const toScore = (value: number) => (better === 'higher' ? findBin(value, given) + 1 : BINS - findBin(value, given))
    return { scores: Uint8Array.from(values, toScore), cutPoints: given }
  }
  const goodness = better === 'higher' ? values : values.map((value) => -value)
  const worstFirst = sortIndexes(goodness, byId)
  const scores = method === 'ntile' ? scoreByPlace(worstFirst) : scoreByShare(goodness, worstFirst)
  return { scores, cutPoints: findCutPoints(values, scores, better) }
}

/** Bins of equal size; where the count does not divide by five, the worst bins hold one more (SQL's ntile). */
function scoreByPlace(worstFirst: Uint32Array): Uint8Array {
  const size = Math.floor(worstFirst.length / BINS)
  const larger = worstFirst.length % BINS
  const inLarger = larger * (size + 1)
  const scores = new Uint8Array(worstFirst.length)
  for (let place = 0; place < worstFirst.length; place += 1) {
    const bin = place < inLarger ? Math.floor(place / (size + 1)) : larger + Math.floor((place - inLarger) / size)
    scores[worstFirst[place] ?? 0] = bin + 1
  }
  return scores
}

/** Five times the share of rows at most as good, rounded up. */
function scoreByShare(goodness: Float64Array, worstFirst: Uint32Array): Uint8Array {
  const count = worstFirst.length
  const scores = new Uint8Array(count)
  let runEnd = count
  for (let place = count - 1; place >= 0; place -= 1) {
    const index = worstFirst[place] ?? 0
    if (goodness[index] !== goodness[worstFirst[runEnd - 1] ?? 0]) runEnd = place + 1
    scores[index] = Math.ceil((BINS * runEnd) / count)
  }
  return scores
}

function findCutPoints(values: Float64Array, scores: Uint8Array, better: 'higher' | 'lower'): number[] {
  const largest = Array.from({ length: BINS }, () => -Infinity)
  for (let index = 0; index < values.length; index += 1) {
    const score = scores[index] ?? 0
    const bin = better === 'higher' ? score - 1 : BINS - score
    largest[bin] = Math.max(largest[bin] ?? -Infinity, values[index] ?? -Infinity)
  }
  for (let bin = 1; bin < BINS; bin += 1) largest[bin] = Math.max(largest[bin] ?? 0, largest[bin - 1] ?? 0)
  return largest.slice(0, BINS - 1)
}
