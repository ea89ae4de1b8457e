import { deriveCutPoints } from '../../feature/derive-cut-points.ts'
import { type RfmColumns, type RfmCutPoints, type RfmStanding, scoreRfmColumns } from '../../feature/score-rfm.ts'
import { loadCrowd, loadRfmColumns } from '../../store/behaviour/load-buyers.ts'
import { type Learner, type Learnt, learnWhenDue } from './learn-when-due.ts'

/** Cut points as JSON keeps them: null stands for -Infinity, below which nobody is. */
type KeptCutPoints = Readonly<Record<keyof RfmCutPoints, readonly (number | null)[]>>

/** How buyers stand, by their place among those who have recency, frequency and money, sorted by id. */
export interface ScoredBuyers {
  readonly scored: number
  readonly standingOf: (place: number) => RfmStanding
  readonly learnt: Learnt<RfmCutPoints>
}

/**
 * Scores of buyers by cut points that are kept for a while [E2 F6]: `quantile` and `cume_dist` say of one
 * value one score, whoever else there is. `ntile` parts equal values by rank, which no cut points tell, so it cuts anew
 * each time.
 */
export async function scoreBuyers(learner: Learner): Promise<ScoredBuyers> {
  const { method } = learner.settings.rfm
  const crowd = await loadCrowd(learner.tx, 'period_purchases')
  const scored = crowd.people
  const buyers = await loadRfmColumns(learner.tx, scored)
  if (scored === 0 || method === 'ntile') {
    const { standingOf, cutPoints } = scoreRfmColumns(buyers, 'ntile')
    const fitted = scored === 0 ? { r: [], f: [], m: [] } : cutPoints
    return { scored, standingOf, learnt: { asOf: learner.asOf, fitted } }
  }
  const kept = await learnWhenDue<KeptCutPoints>(learner, 'thresholds', crowd, () =>
    method === 'quantile' ? cutByQuantile(buyers) : scoreRfmColumns(buyers, 'cume_dist').cutPoints,
  )
  const { asOf, fitted } = kept as Learnt<KeptCutPoints>
  const toNumbers = (points: readonly (number | null)[]): number[] => points.map((point) => point ?? -Infinity)
  const cutPoints = { r: toNumbers(fitted.r), f: toNumbers(fitted.f), m: toNumbers(fitted.m) }
  const { standingOf } = scoreRfmColumns(buyers, 'fixed', cutPoints)
  return { scored, standingOf, learnt: { asOf, fitted: cutPoints } }
}

/** The buyers' own quantiles. */
function cutByQuantile({ recencyDays, frequency, monetary }: RfmColumns): RfmCutPoints {
  const cut = (values: Float64Array): number[] =>
    deriveCutPoints(values, 5, values.every(Number.isInteger) ? 'up' : 'none')
  return { r: cut(recencyDays), f: cut(frequency), m: cut(monetary) }
}
