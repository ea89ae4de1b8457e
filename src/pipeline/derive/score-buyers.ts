import { deriveCutPoints } from '../../feature/derive-cut-points.ts'
import { sampleCrowd } from '../../feature/estimate-turnover.ts'
import { type RfmCutPoints, type RfmRow, type RfmScore, scoreRfm } from '../../feature/score-rfm.ts'
import { type Learner, type Learnt, learnWhenDue } from './learn-when-due.ts'

/** Cut points as JSON keeps them: null stands for -Infinity, below which nobody is. */
type KeptCutPoints = Readonly<Record<keyof RfmCutPoints, readonly (number | null)[]>>

/**
 * Scores of buyers, sorted by id, by cut points that are kept for a while [E2 F6]: `quantile` and `cume_dist` say of one
 * value one score, whoever else there is. `ntile` parts equal values by rank, which no cut points tell, so it cuts anew
 * each time.
 */
export async function scoreBuyers(
  learner: Learner,
  buyers: readonly RfmRow[],
): Promise<{ scores: RfmScore[]; learnt: Learnt<RfmCutPoints> }> {
  const { method } = learner.settings.rfm
  if (buyers.length === 0) return { scores: [], learnt: { asOf: learner.asOf, fitted: { r: [], f: [], m: [] } } }
  if (method === 'ntile') {
    const { scores, cutPoints } = scoreRfm(buyers, method)
    return { scores, learnt: { asOf: learner.asOf, fitted: cutPoints } }
  }
  const crowd = sampleCrowd(
    buyers.map(({ id }) => id),
    buyers.reduce((sum, { frequency }) => sum + frequency, 0),
  )
  const kept = await learnWhenDue<KeptCutPoints>(learner, 'thresholds', crowd, () =>
    method === 'quantile' ? cutByQuantile(buyers) : scoreRfm(buyers, 'cume_dist').cutPoints,
  )
  const { asOf, fitted } = kept as Learnt<KeptCutPoints>
  const toNumbers = (points: readonly (number | null)[]): number[] => points.map((point) => point ?? -Infinity)
  const cutPoints = { r: toNumbers(fitted.r), f: toNumbers(fitted.f), m: toNumbers(fitted.m) }
  return { scores: scoreRfm(buyers, 'fixed', cutPoints).scores, learnt: { asOf, fitted: cutPoints } }
}

/** The buyers' own quantiles. */
function cutByQuantile(buyers: readonly RfmRow[]): RfmCutPoints {
  const cut = (values: readonly number[]): number[] =>
    deriveCutPoints(values, 5, values.every(Number.isInteger) ? 'up' : 'none')
  return {
    r: cut(buyers.map(({ recencyDays }) => recencyDays)),
    f: cut(buyers.map(({ frequency }) => frequency)),
    m: cut(buyers.map(({ monetary }) => monetary)),
  }
}
