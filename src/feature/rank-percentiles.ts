import { sortIndexes } from './sort-indexes.ts'

/**
 * For each value the share of all values strictly below it: 0 up to but not including 1.
 * Equal values share a rank, so at least 0.8 means: fewer than one in five are as good or better, or exactly that many.
 * A top 20 % chosen so never holds more than 20 %, and nobody when all are equal. Values must be finite. Order-free.
 */
export function rankPercentiles(values: Float64Array): Float64Array {
  const count = values.length
  const order = sortIndexes(values, Uint32Array.from(values.keys()))
  const percentiles = new Float64Array(count)
  let runStart = 0
  for (let position = 0; position < count; position += 1) {
    const index = order[position] ?? 0
    if (values[index] !== values[order[runStart] ?? 0]) runStart = position
    percentiles[index] = runStart / count
  }
  return percentiles
}
