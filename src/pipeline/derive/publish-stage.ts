import { appendAudit } from '../../store/audit/append-audit.ts'
import { inLease } from '../../store/in-transaction.ts'
import { publish } from '../../store/profile/publish.ts'
import { finishChunk } from '../../store/run/finish-chunk.ts'
import { loadRun } from '../../store/run/load-run.ts'
import { readAsOf } from '../read-as-of.ts'
import type { Stage } from '../stage.ts'

/** profiles, features, memberships → `onefold_out`. One chunk and one transaction: all of it or nothing (P6). */
export const publishStage: Stage = {
  name: 'publish',
  plan: async () => [{}],
  work: async (context, chunk) =>
    inLease(context.store.sql, chunk, async (tx) => {
      const asOf = readAsOf(await loadRun(tx, chunk.runId))
      const counts = await publish(tx, asOf)
      await finishChunk(tx, chunk, { published: counts.profiles, withdrawn: counts.withdrawn })
      await appendAudit(tx, {
        actor: context.actor,
        action: 'profiles.published',
        subject: chunk.runId,
        details: counts,
      })
    }),
}
