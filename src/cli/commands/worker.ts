import { setTimeout as pause } from 'node:timers/promises'
import { startWorker } from '../../../jobs/start-worker.ts'
import { openSession } from '../open-session.ts'

export interface WorkerOptions {
  readonly concurrency?: number
  readonly schedules: boolean
  /** Seconds; what was lost with a worker is looked for as often. */
  readonly lease?: number
}

/**
 * Works off the queue until it is told to stop (SIGTERM, SIGINT): chunks reach their next batch and are handed
 * back. Logs JSON lines to stderr.
 */
export async function worker(options: WorkerOptions): Promise<number> {
  const session = await openSession(
    'worker',
    options.lease === undefined ? {} : { idleInTransactionMs: options.lease * 1000 },
  )
  const stopping = new AbortController()
  const stop = (): void => stopping.abort()
  process.on('SIGINT', stop).on('SIGTERM', stop)
  try {
    const running = await startWorker(session.context, session.queueConnection, {
      parts: session.parts,
      schedules: options.schedules,
      ...(options.lease === undefined ? {} : paceByLease(options.lease * 1000)),
      ...(options.concurrency === undefined ? {} : { concurrency: options.concurrency }),
    })
    session.context.log.info(
      { queue: session.queueConnection.backend, schedules: options.schedules },
      'worker is ready',
    )
    await untilAborted(stopping.signal)
    session.context.log.info({}, 'worker is stopping')
    await running.stop()
    return 0
  } finally {
    await session.close()
  }
}

/** Who takes chunks over after a short silence also looks for them, and rings for them again, as soon. */
function paceByLease(leaseMs: number): { leaseMs: number; sweepMs: number; ringAgainMs: number } {
  return { leaseMs, sweepMs: Math.min(5_000, leaseMs / 2), ringAgainMs: Math.min(30_000, leaseMs) }
}

/** A pending timer keeps the process alive; the signal ends it. */
export async function untilAborted(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) await pause(3_600_000, undefined, { signal }).catch(() => {})
}
