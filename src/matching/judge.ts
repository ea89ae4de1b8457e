import type { WeightModel } from './model.ts'
import type { PairScore } from './score-pair.ts'

/** The three bands a pair can fall into. */
export type Verdict = 'match' | 'review' | 'distinct'

/** Puts a score into its band: match from the upper threshold, review between, distinct below; bounds belong up. */
export function judge(score: Pick<PairScore, 'probability'>, model: Pick<WeightModel, 'thresholds'>): Verdict {
  if (score.probability >= model.thresholds.match) return 'match'
  return score.probability >= model.thresholds.review ? 'review' : 'distinct'
}
