import type { ComparisonName } from './comparison.ts'

/**
 * What the engine believes about pairs, as a file people can read and diff. A pair is one person, two people of
 * one household (or office), or two strangers; each level says how often it is seen in each of the three.
 */
export interface WeightModel {
  readonly version: string
  readonly comparisons: readonly { readonly name: string; readonly levels: readonly ModelLevel[] }[]
  /** Probability that two random records are one person, before anything is compared. */
  readonly priorPairMatch: number
  /** Probability that two random records of different people belong to one household; 0 switches the notion off. */
  readonly priorPairHousehold: number
  readonly thresholds: {
    /** Probability from which a pair is a match. */
    readonly match: number
    /** Probability from which a person should look; at most `match`. */
    readonly review: number
  }
}

/** A model of the comparisons that `compareRecords` knows. */
export interface Model extends WeightModel {
  readonly comparisons: readonly ModelComparison[]
}

export interface ModelComparison {
  readonly name: ComparisonName
  /** In the order of `LEVELS`, from strongest to weakest. */
  readonly levels: readonly ModelLevel[]
}

export interface ModelLevel {
  readonly label: string
  /** P(level | one person), both sides known. */
  readonly m: number
  /** P(level | strangers), both sides known. */
  readonly u: number
  /** P(level | two people of one household), both sides known; `u` when left out. */
  readonly h?: number
}
