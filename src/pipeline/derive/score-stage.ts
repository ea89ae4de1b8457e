import type { JSONValue } from 'postgres'
import { scoreRfm } from '../../feature/score-rfm.ts'
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
    const { scores, cutPoints } = scoreRfm(await loadBuyers(tx), method)
    await saveScores(tx, { runId: chunk.runId, asOf, method, cutPoints: cutPoints as unknown as JSONValue }, scores)
    await finishChunk(tx, chunk, { scored: scores.length })
  })
}
