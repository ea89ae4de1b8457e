import { measureColumn } from './measure-column.ts'

/**
 * Each value between the smallest (0) and the largest (1). All zero when the values do not differ. Order-free; `spread` is
 * that of the values, when it is known already.
 */
export function scaleMinMax(values: Float64Array, spread = measureColumn(values)): Float64Array {
  if (spread === undefined || spread.max === spread.min) return new Float64Array(values.length)
  const { min, max } = spread
  return values.map((value) => (value - min) / (max - min))
}
