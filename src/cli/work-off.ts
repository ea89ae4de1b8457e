import { ring } from '../../jobs/ring.ts'
import { startWorker } from '../../jobs/start-worker.ts'
import type { OpenedRun } from '../pipeline/open-run.ts'
import type { RunProgress } from '../store/run/load-progress.ts'
import { followRun } from './follow-run.ts'
import type { Session } from './open-session.ts'
import { requireQueue } from './require-queue.ts'

/**
 * Works in this process, beside whatever workers there are, until the runs that `open` opens one after the other are
 * closed. Ctrl-C hands chunks back at their next batch: the same command or any worker goes on from there.
 */
export async function workOff(
  session: Session,
  ...open: readonly (() => Promise<OpenedRun | undefined>)[]
): Promise<RunProgress[]> {
  await requireQueue(session.queueConnection)
  const stopping = new AbortController()
  const stop = (): void => stopping.abort()
  process.once('SIGINT', stop).once('SIGTERM', stop)
  try {
    const worker = await startWorker(session.context, session.queueConnection, { parts: session.parts })
    try {
      const ended: RunProgress[] = []
      for (const openNext of open) {
        if (stopping.signal.aborted) break
        const run = await openNext()
        if (run === undefined) continue
        await ring(worker.queue, run.chunks)
        ended.push(await followRun(session.context, run.runId, stopping.signal))
      }
      return ended
    } finally {
      await worker.stop()
    }
  } finally {
    process.removeListener('SIGINT', stop).removeListener('SIGTERM', stop)
  }
}
