import type { ClusterMeasure } from './measure-clusters.ts'
import type { TrainedComparison } from './trained-model.ts'
import type { UnderstoodColumn } from './understanding.ts'

export interface HistogramBin {
  /** Bits of log2 odds, from this to one more. */
  readonly fromBits: number
  readonly pairs: number
}

export interface DoubtfulPair {
  readonly a: string
  readonly b: string
  readonly probability: number
  readonly inOneCluster: boolean
  readonly parts: readonly { readonly comparison: string; readonly level: string; readonly weightBits: number }[]
}

export interface CalibrationBin {
  readonly fromProbability: number
  readonly toProbability: number
  readonly pairs: number
  /** True pairs that the probabilities promise, and that there are. */
  readonly expected: number
  readonly observed: number
}

/** What a run understood, chose and found, for a person or a program. */
export interface DedupeReport {
  readonly rows: number
  readonly files: readonly string[]
  readonly clusters: number
  readonly largestCluster: number
  readonly columns: readonly UnderstoodColumn[]
  readonly rules: readonly {
    readonly name: string
    readonly pairs: number
    readonly largeKeys: number
    readonly droppedRows: number
  }[]
  readonly candidatePairs: number
  /** Share of true pairs that no rule is expected to find, 0 to 1. */
  readonly expectedBlockingLoss: number
  readonly priorMatch: number
  readonly priorHousehold: number
  readonly expectedMatches: number
  readonly trainingRounds: number
  readonly comparisons: readonly TrainedComparison[]
  readonly thresholds: { readonly match: number; readonly review: number }
  readonly histogram: readonly HistogramBin[]
  readonly doubtful: readonly DoubtfulPair[]
  readonly notes: readonly string[]
  readonly truth?: ClusterMeasure & {
    /** Share of true pairs among the candidates, 0 to 1. */
    readonly blockingRecall: number
    readonly calibration: readonly CalibrationBin[]
  }
}
