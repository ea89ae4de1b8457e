import { ring } from '../../../jobs/ring.ts'
import { openQueue } from '../../../jobs/queues.ts'
import { migrateQueue } from '../../../jobs/migrate-queue.ts'
import type { OpenedRun } from '../../pipeline/open-run.ts'
import { retryRun } from '../../pipeline/retry-run.ts'
import type { RunProgress } from '../../store/run/load-progress.ts'
import { type FailedRun, findFailedRuns } from '../../store/run/find-failed-runs.ts'
import { parseId } from '../parse-id.ts'
import { type Session, withSession } from '../open-session.ts'
import { paint, printJson, printLine } from '../output.ts'
import { workOff } from '../work-off.ts'

export interface RetryOptions {
  /** Only ring: workers elsewhere do it. */
  readonly detach?: boolean
  readonly json?: boolean
}

/**
 * Opens failed runs again, one after the other, and works on them beside whatever workers there are. Without a run:
 * all that failed and were not overtaken by a later walk. Exit code 1 when one failed again.
 */
export async function retry(runText: string | undefined, options: RetryOptions): Promise<number> {
  const given = runText === undefined ? undefined : parseId(runText, 'run')
  return withSession('cli', async (session) => {
    const { context } = session
    const runIds = given === undefined ? chooseRuns(await findFailedRuns(context.store.sql)) : [given]
    const open = runIds.map((runId) => () => retryRun(context, runId))
    if (options.detach === true) {
      const opened = await ringFor(session, open)
      if (options.json === true)
        printJson({ retried: opened.map(({ runId, chunks }) => ({ runId, chunks: chunks.length })) })
      else
        printLine(
          opened.length === 0
            ? 'Nothing failed.'
            : `Rung for ${opened.length} runs; a worker (\`onefold worker\`) does them.`,
        )
      return 0
    }
    const ended = open.length === 0 ? [] : await workOff(session, ...open)
    if (options.json === true)
      printJson({ retried: ended.map(({ runId, state, errorCode, counts }) => ({ runId, state, errorCode, counts })) })
    else printEnded(ended)
    return ended.every((run) => run.state === 'done') ? 0 : 1
  })
}

/** Every failed ingest, then the last failed walk along the path: it does what the ones before it left. */
function chooseRuns(failed: readonly FailedRun[]): string[] {
  const ingests = failed.filter((run) => run.kind === 'ingest')
  const walks = failed.filter((run) => run.kind === 'pipeline' && !run.superseded)
  return [...ingests, ...walks.slice(-1)].map((run) => run.runId)
}

async function ringFor(session: Session, open: readonly (() => Promise<OpenedRun>)[]): Promise<OpenedRun[]> {
  if (open.length === 0) return []
  await migrateQueue(session.queueConnection)
  const queue = openQueue(session.queueConnection)
  try {
    const opened: OpenedRun[] = []
    for (const openNext of open) {
      const run = await openNext()
      await ring(queue, run.chunks)
      opened.push(run)
    }
    return opened
  } finally {
    await queue.close()
  }
}

function printEnded(ended: readonly RunProgress[]): void {
  if (ended.length === 0) printLine('Nothing failed.')
  for (const run of ended) {
    const state = run.state === 'done' ? paint('green', 'done') : paint('red', `${run.state} ${run.errorCode ?? ''}`)
    printLine(`Run ${run.runId}: ${state}`)
  }
}
