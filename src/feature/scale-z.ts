import { measureColumn } from './measure-column.ts'

/**
 * Each value's distance from the mean in standard deviations. All zero when the values do not differ. Order-free to the
 * last bit; `spread` is that of the values, when it is known already.
 */
export function scaleZ(values: Float64Array, spread = measureColumn(values)): Float64Array {
  if (spread === undefined || spread.deviation === 0) return new Float64Array(values.length)
  const { mean, deviation } = spread
  return values.map((value) => (value - mean) / deviation)
}
