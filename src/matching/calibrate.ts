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
/** One label in fifty says the other thing, by a slip of the hand or because twins are what they are. */
const SLIPS = 0.02
/** Beyond, odds are as good as certain, and 2 to their power stays a number. */
const FARTHEST_BITS = 40
const MOST_ROUNDS = 50

/**
 * Fits the odds of labels to those of the model (Platt 1999), with a prior that both are right: without labels the
 * identity. A regression on the score does not mind that doubtful scores are labelled more often than clear ones. Labels
 * are taken to slip now and then, so that one far from where it should be moves next to nothing. Monotone: the slope is never below 0.2. The order of the labels changes nothing but the last digits.
 */
export function calibrate(labels: readonly ScoredLabel[]): Calibration {
  let intercept = 0
  let slope = 1
  const LN2 = Math.LN2
  for (let round = 0; round < MOST_ROUNDS; round++) {
    // Fisher scoring on two parameters; the prior keeps the matrix regular.
    let gradA = -intercept / INTERCEPT_SPREAD_BITS ** 2
    let gradB = -(slope - 1) / SLOPE_SPREAD ** 2
    let curveAA = 1 / INTERCEPT_SPREAD_BITS ** 2
    let curveBB = 1 / SLOPE_SPREAD ** 2
    let curveAB = 0
    for (const { bits, isSame, weight } of labels) {
      const x = Math.max(-FARTHEST_BITS, Math.min(FARTHEST_BITS, bits))
      const p = 1 / (1 + 2 ** -(intercept + slope * x))
      const said = SLIPS + (1 - 2 * SLIPS) * p
      const steepness = (1 - 2 * SLIPS) * p * (1 - p) * LN2
      const error = weight * steepness * (isSame ? 1 / said : -1 / (1 - said))
      const curve = (weight * steepness ** 2) / (said * (1 - said))
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
