import type { NormalizedRecord } from '../record/normalized-record.ts'
import type { ComparisonVector } from './comparison.ts'
import type { WeightModel } from './model.ts'

/** A trained model opened over some records: it says how far two of them agree, and what that weighs. */
export interface Scorer {
  readonly model: WeightModel
  /** One level per comparison of `model`. Symmetric; a function of the two records alone. */
  readonly compare: (a: NormalizedRecord, b: NormalizedRecord) => ComparisonVector
}
