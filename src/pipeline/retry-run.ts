import { OnefoldError } from '../errors.ts'
import { appendAudit } from '../store/audit/append-audit.ts'
import { inTransaction } from '../store/in-transaction.ts'
import { findFailedRuns } from '../store/run/find-failed-runs.ts'
import { findOpenPath } from '../store/run/find-open-path.ts'
import { lockPath } from '../store/run/hold-path.ts'
import { loadRun } from '../store/run/load-run.ts'
import { reopenRun } from '../store/run/reopen-run.ts'
import type { Context } from './context.ts'
import type { OpenedRun } from './open-run.ts'

/**
 * Opens a failed run again: its dead chunks go on at their last checkpoint, with all their attempts. Throws
 * `run.not_found`, and conflicts: `run.not_failed`, `run.superseded` when a later walk has done what was due, and
 * `run.already_open` when another walk is on the path.
 */
export async function retryRun(context: Context, runId: string): Promise<OpenedRun> {
  return inTransaction(context.store.sql, async (tx) => {
    const run = await loadRun(tx, runId, true)
    const [failed] = await findFailedRuns(tx, runId)
    if (failed === undefined) {
      throw new OnefoldError(
        'conflict',
        'run.not_failed',
        `Run ${runId} is ${run.state} and has nothing to try again.`,
        { details: { runId } },
      )
    }
    if (failed.superseded) {
      throw new OnefoldError('conflict', 'run.superseded', `A later walk has done what run ${runId} left.`, {
        details: { runId },
      })
    }
    if (run.kind === 'pipeline') await lockPath(tx)
    const other = run.kind === 'pipeline' ? await findOpenPath(tx) : undefined
    if (other !== undefined) {
      throw new OnefoldError('conflict', 'run.already_open', `Run ${other} is on the path already.`, {
        details: { runId: other },
        hint: 'Wait for it (`onefold status`): it does what this one left.',
      })
    }
    const chunks = await reopenRun(tx, runId)
    await appendAudit(tx, {
      actor: context.actor,
      action: 'run.retried',
      subject: runId,
      details: { chunks: chunks.length },
    })
    return { runId, chunks }
  })
}
