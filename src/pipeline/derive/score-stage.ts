import type { JSONValue } from 'postgres'
import { deriveCutPoints } from '../../feature/derive-cut-points.ts'
import { type RfmRow, scoreRfm } from '../../feature/score-rfm.ts'
import type { Settings } from '../../config/settings.ts'
import { loadBuyers, saveScores } from '../../store/behaviour/save-scores.ts'
import { inLease } from '../../store/in-transaction.ts'
import type { LeasedChunk } from '../../store/run/chunk.ts'
import { finishChunk } from '../../store/run/finish-chunk.ts'
import { loadRun } from '../../store/run/load-run.ts'
import type { Context } from '../context.ts'
import { readAsOf } from '../read-as-of.ts'
import type { Stage } from '../stage.ts'

/** features → RFM scores with the cut points that made them [E2]. One chunk: a quintile needs everybody. */
export const scoreStage: Stage = { name: 'score', plan: async () => [{}], work: score }

async function score(context: Context, chunk: LeasedChunk): Promise<void> {
  await inLease(context.store.sql, chunk, async (tx) => {
    const asOf = readAsOf(await loadRun(tx, chunk.runId))
    const { method } = context.settings.rfm
    const { scores, cutPoints } = scoreBy(method, await loadBuyers(tx))
    await saveScores(tx, { runId: chunk.runId, asOf, method, cutPoints: cutPoints as unknown as JSONValue }, scores)
    await finishChunk(tx, chunk, { scored: scores.length })
  })
}

/** `quantile` scores by the buyers' own quantiles, so that equal values have equal scores as with fixed cut points. */
function scoreBy(method: Settings['rfm']['method'], buyers: readonly RfmRow[]): ReturnType<typeof scoreRfm> {
  if (method !== 'quantile') return scoreRfm(buyers, method)
  if (buyers.length === 0) return { scores: [], cutPoints: { r: [], f: [], m: [] } }
  const cut = (values: readonly number[]): number[] =>
    deriveCutPoints(values, 5, values.every(Number.isInteger) ? 'up' : 'none')
  return scoreRfm(buyers, 'fixed', {
    r: cut(buyers.map(({ recencyDays }) => recencyDays)),
    f: cut(buyers.map(({ frequency }) => frequency)),
    m: cut(buyers.map(({ monetary }) => monetary)),
  })
}
