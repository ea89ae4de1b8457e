/**
 * Each value's distance from the mean in standard deviations (of the whole population, as scikit-learn's scaler).
 * All zero when the values do not differ. Order-free to the last bit: sums run over the sorted values.
 */
export function scaleZ(values: Float64Array): Float64Array {
  const sorted = values.slice().sort()
  const lowest = sorted[0] ?? 0
  if (lowest === (sorted.at(-1) ?? 0)) return new Float64Array(values.length)
  const mean = sorted.reduce((sum, value) => sum + value, 0) / sorted.length
  const variance = sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0) / sorted.length
  const deviation = Math.sqrt(variance)
  return values.map((value) => (value - mean) / deviation)
}
