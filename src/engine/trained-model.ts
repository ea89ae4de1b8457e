import type { ComparisonKind } from './level-priors.ts'

export interface TrainedLevel {
  readonly label: string
  /** P(level | one person), P(level | strangers), both sides known. */
  readonly m: number
  readonly u: number
}

export interface TrainedComparison {
  readonly name: string
  readonly kind: ComparisonKind
  /** Of two people of one household, the share that agree here as one person would, 0 to 1. */
  readonly shared: number
  readonly levels: readonly TrainedLevel[]
}

/** What training found: the chance of each kind of pair, and how often each level is seen in each. */
export interface TrainedModel {
  /** P(one person), P(two people of one household) of two random rows. */
  readonly priorMatch: number
  readonly priorHousehold: number
  /** Rows it was trained on; absent where nobody noted it. */
  readonly rowCount?: number
  readonly comparisons: readonly TrainedComparison[]
}
