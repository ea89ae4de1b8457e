/** A judged pair on the model's scale. */
export interface ScoredLabel {
  /** log2 odds by the model. */
  readonly bits: number
  readonly isSame: boolean
  /** Above 0, to 1. */
  readonly weight: number
}

/** What labels make of a model's odds: true log2 odds are `interceptBits + slope * bits`. */
export interface Calibration {
  readonly slope: number
  readonly interceptBits: number
}

/** Until labels say otherwise odds are taken to be right within a factor of four, and bits to count for half to double. */
const INTERCEPT_SPREAD_BITS = 2
const SLOPE_SPREAD = 0.5
const LEAST_SLOPE = 0.2
/** Further out a label tells nothing of where even odds are, and a single slip of the hand would tell too much. */
const FARTHEST_BITS = 12
const MOST_ROUNDS = 50

/**
 * Fits the odds of labels to those of the model (Platt 1999), with a prior that both are right: without labels the
 * identity. A regression on the score does not mind that doubtful scores are labelled more often than clear ones.
 * Monotone: the slope is never below 0.2. The order of the labels changes nothing but the last digits.
 */
export function calibrate(labels: readonly ScoredLabel[]): Calibration {
  let intercept = 0
  let slope = 1
  const LN2 = Math.LN2
  for (let round = 0; round < MOST_ROUNDS; round++) {
    // Newton's method on two parameters; the prior keeps the matrix regular.
    let gradA = -intercept / INTERCEPT_SPREAD_BITS ** 2
    let gradB = -(slope - 1) / SLOPE_SPREAD ** 2
    let curveAA = 1 / INTERCEPT_SPREAD_BITS ** 2
    let curveBB = 1 / SLOPE_SPREAD ** 2
    let curveAB = 0
    for (const { bits, isSame, weight } of labels) {
      const x = Math.max(-FARTHEST_BITS, Math.min(FARTHEST_BITS, bits))
      const p = 1 / (1 + 2 ** -(intercept + slope * x))
      const error = weight * ((isSame ? 1 : 0) - p) * LN2
      const curve = weight * p * (1 - p) * LN2 ** 2
      gradA += error
      gradB += error * x
      curveAA += curve
      curveAB += curve * x
      curveBB += curve * x * x
    }
    const determinant = curveAA * curveBB - curveAB ** 2
    const stepA = (curveBB * gradA - curveAB * gradB) / determinant
    const stepB = (curveAA * gradB - curveAB * gradA) / determinant
    intercept += Math.max(-2, Math.min(2, stepA))
    slope = Math.max(LEAST_SLOPE, slope + Math.max(-0.5, Math.min(0.5, stepB)))
    if (Math.abs(stepA) + Math.abs(stepB) < 1e-9) break
  }
  return { slope, interceptBits: intercept }
}
