/** Each value between the smallest (0) and the largest (1). All zero when the values do not differ. Order-free. */
export function scaleMinMax(values: Float64Array): Float64Array {
  const lowest = values.reduce((a, b) => Math.min(a, b), Infinity)
  const highest = values.reduce((a, b) => Math.max(a, b), -Infinity)
  if (highest <= lowest) return new Float64Array(values.length)
  return values.map((value) => (value - lowest) / (highest - lowest))
}
