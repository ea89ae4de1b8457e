/**
 * Each value as ln(1 + value): tames money and counts, where a few are very large. 0 stays 0.
 * A negative value (more returned than bought) is mirrored, so the order of values is kept.
 */
export function scaleLog(values: Float64Array): Float64Array {
  return values.map((value) => Math.sign(value) * Math.log1p(Math.abs(value)))
}
