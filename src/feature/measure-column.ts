/** How values lie. */
export interface Spread {
  readonly mean: number
  /** Standard deviation of the whole population, as scikit-learn's scaler. */
  readonly deviation: number
  readonly min: number
  readonly max: number
}

/** How finite values lie; undefined where there are none. Order-free to the last bit: sums run over the sorted values. */
export function measureColumn(values: Float64Array): Spread | undefined {
  const sorted = values.slice().sort()
  const [min, max] = [sorted[0], sorted.at(-1)]
  if (min === undefined || max === undefined) return undefined
  // Rounding must not make a deviation of values that do not differ.
  if (min === max) return { mean: min, deviation: 0, min, max }
  const mean = sorted.reduce((sum, value) => sum + value, 0) / sorted.length
  const variance = sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0) / sorted.length
  return { mean, deviation: Math.sqrt(variance), min, max }
}
