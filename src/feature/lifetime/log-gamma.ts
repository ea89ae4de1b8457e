/** Lanczos' coefficients for g = 7 with nine terms (Godfrey 2001). */
const COEFFICIENTS = [
  676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
  -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
] as const
const FIRST = 0.9999999999998099
const G = 7
const HALF_LOG_TWO_PI = Math.log(2 * Math.PI) / 2

/** ln Γ(x) for x > 0, to some 1e-14 relative (Lanczos 1964). */
export function logGamma(x: number): number {
  // Below a half the series loses digits; Γ(x) = Γ(x + 1) / x.
  if (x < 0.5) return logGamma(x + 1) - Math.log(x)
  let sum = FIRST
  for (const [index, coefficient] of COEFFICIENTS.entries()) sum += coefficient / (x + index)
  const base = x + G - 0.5
  return HALF_LOG_TWO_PI + (x - 0.5) * Math.log(base) - base + Math.log(sum)
}

/** ln B(x, y) = ln Γ(x) + ln Γ(y) − ln Γ(x + y), both above 0. */
export function logBeta(x: number, y: number): number {
  return logGamma(x) + logGamma(y) - logGamma(x + y)
}
