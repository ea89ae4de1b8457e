import { availableParallelism } from 'node:os'
import { OnefoldError } from '../src/errors.ts'
import type { Context } from '../src/pipeline/context.ts'
import { tellWebhook } from '../src/pipeline/feed/tell-webhook.ts'
import { settleDue } from '../src/pipeline/now/settle-due.ts'
import { LEASE_MS } from '../src/pipeline/run-chunk.ts'
import { renumberRestoredFeed } from '../src/store/feed/renumber-restored-feed.ts'
import { measureClockSkew } from '../src/store/measure-clock-skew.ts'
import type { ContextParts } from '../src/runtime/open-context.ts'
import { translateError } from '../src/store/translate-error.ts'
import { performChunk } from './chunk.job.ts'
import { migrateQueue } from './migrate-queue.ts'
import { openChunkThreads } from './open-chunk-threads.ts'
import {
  type ChunkJob,
  type OnefoldQueue,
  openQueue,
  openWorker,
  type QueueConnection,
  type ScheduleJob,
} from './queues.ts'
import { performSchedule } from './schedule.job.ts'
import { RING_AGAIN_MS, sweep } from './sweep.ts'
import { upsertSchedules } from './upsert-schedules.ts'

/** A clock further off than this would stall or steal jobs in the queue (measured with BullMQ 6.7 on PostgreSQL). */
const MAX_SKEW_MS = 1_000
const SWEEP_MS = 5_000
/** A segment that time ends is to be left within a second. */
const SETTLE_MS = 250
/** What happened is told within a second. */
const TELL_MS = 250

export interface WorkerSettings {
  /** Chunks at a time; default 2: while one waits for the database, the other computes. */
  readonly concurrency?: number
  /** Of the context, for threads that do chunks beside this one; without, this one does all. */
  readonly parts?: ContextParts
  readonly leaseMs?: number
  readonly sweepMs?: number
  readonly ringAgainMs?: number
  /** Whether this worker also sees to what is due by the clock: the cron schedules of the settings, segments that time ends, webhooks. */
  readonly schedules?: boolean
}

export interface RunningWorker {
  readonly queue: OnefoldQueue
  /** Takes no more jobs, lets chunks reach their next batch and hands them back, closes its connections. */
  stop(): Promise<void>
}

/**
 * Starts working off the queue, with a sweeper that rings for what was lost. Throws `clock.skewed` (settings) when
 * this machine's clock is more than a second away from the database's (P12).
 */
export async function startWorker(
  context: Context,
  connection: QueueConnection,
  settings: WorkerSettings = {},
): Promise<RunningWorker> {
  const leaseMs = settings.leaseMs ?? LEASE_MS
  await refuseSkewedClock(context)
  if (await renumberRestoredFeed(context.store.sql))
    context.log.info({}, "the database is another server's: its change feed goes on here")
  await migrateQueue(connection)
  const queue = openQueue(connection)
  const stopping = new AbortController()
  const { concurrency = 2, parts } = settings
  // More threads than cores compute no faster, and each holds connections of its own.
  const most = Math.min(concurrency, availableParallelism()) - 1
  const others = parts === undefined ? undefined : { parts, most }
  const threads = openChunkThreads(context, others, leaseMs, stopping.signal)
  const worker = openWorker(
    connection,
    async (name, payload) => {
      // BullMQ stores what is thrown: only code and ids may leave here.
      try {
        if (name === 'schedule') await performSchedule(context, queue, payload as ScheduleJob)
        else await performChunk(context, queue, payload as ChunkJob, threads.run)
      } catch (failure) {
        const error = translateError(failure)
        context.log.warn({ code: error.code, ...error.details }, 'job failed')
        // oxlint-disable-next-line preserve-caught-error -- the cause may hold values of a record
        throw new Error(error.code)
      }
    },
    { concurrency, lockMs: leaseMs },
  )
  const warnOf =
    (what: string) =>
    (failure: unknown): void =>
      context.log.warn({ code: translateError(failure).code }, what)
  const warn = warnOf('queue connection')
  worker.on('error', warn)
  queue.on('error', warn)
  const close = async (): Promise<void> => {
    await worker.close()
    await threads.close()
    await queue.close()
  }
  const sweepOnce = (): Promise<number> => sweep(context, queue, settings.ringAgainMs ?? RING_AGAIN_MS)
  try {
    await sweepOnce()
    if (settings.schedules === true) await upsertSchedules(context, queue)
  } catch (failure) {
    // Connections that stay open would keep a process alive that takes no job.
    await close()
    throw failure
  }
  const sweeper = repeat(sweepOnce, settings.sweepMs ?? SWEEP_MS, warn)
  const byClock = settings.schedules === true
  const settler = byClock ? repeat(() => settleDue(context), SETTLE_MS, warnOf('segments were not settled')) : undefined
  // Each by itself: a receiver that is slow keeps no other waiting.
  const tellers = (byClock ? Object.keys(context.settings.webhooks) : []).map((name) =>
    repeat(() => tellWebhook(context, name, stopping.signal), TELL_MS, warnOf('a webhook was not told')),
  )
  worker.run().catch(warn)
  return {
    queue,
    stop: async () => {
      stopping.abort()
      // The first at once: a chunk that is handed back would be taken again, over and over, while a receiver is waited for.
      await Promise.all([worker.close(), sweeper.stop(), settler?.stop(), ...tellers.map((each) => each.stop())])
      await close()
    },
  }
}

async function refuseSkewedClock(context: Context): Promise<void> {
  const skewMs = await measureClockSkew(context.store.sql, context.now)
  if (Math.abs(skewMs) <= MAX_SKEW_MS) return
  throw new OnefoldError('settings', 'clock.skewed', "This machine's clock differs from the database's.", {
    details: { skewMs: Math.round(skewMs) },
    hint: 'Set the clock (`timedatectl set-ntp true`), then start the worker again.',
  })
}

/** Calls `action` over and over, never twice at once. */
function repeat(
  action: () => Promise<unknown>,
  pauseMs: number,
  warn: (failure: unknown) => void,
): { stop(): Promise<void> } {
  let running: Promise<unknown> = Promise.resolve()
  let busy = false
  const timer = setInterval(() => {
    if (busy) return
    busy = true
    running = action()
      .catch(warn)
      .finally(() => (busy = false))
  }, pauseMs)
  return {
    stop: async () => {
      clearInterval(timer)
      await running
    },
  }
}
