import { createPostgresBackend, Queue, type QueueOptions, Worker, type WorkerOptions } from 'bullmq'
import type { DatabaseAddress } from '../src/store/open-store.ts'
import type { ChunkRef } from '../src/store/run/chunk.ts'

/** Where the doorbell hangs: BullMQ on Redis, or on a PostgreSQL database of its own. */
export type QueueConnection =
  | { readonly backend: 'redis'; readonly url: string }
  | { readonly backend: 'postgres'; readonly database: DatabaseAddress }

/** One queue: a job only says that something is due, and the ledger knows what. */
export const QUEUE_NAME = 'onefold'

/** Due work, by reference. */
export type ChunkJob = ChunkRef
/** A schedule has struck: `target` is a source to ingest, or `run` for the whole path. */
export interface ScheduleJob {
  readonly target: string
}
export type JobPayload = ChunkJob | ScheduleJob
export type JobName = 'chunk' | 'schedule'

export type OnefoldQueue = Queue<JobPayload, unknown, JobName>
export type OnefoldWorker = Worker<JobPayload, unknown, JobName>

/** Finished jobs say nothing the ledger does not know; `count` instead of `age` was seen to deadlock (BullMQ 6.7). */
const RETENTION = { removeOnComplete: { age: 3_600 }, removeOnFail: { age: 86_400 } }

/** Opens the queue for ringing. One connection pool of two: each queue object has its own. */
export function openQueue(connection: QueueConnection): OnefoldQueue {
  const options = { connection: connect(connection), defaultJobOptions: RETENTION } as QueueOptions
  return connection.backend === 'postgres'
    ? new Queue(QUEUE_NAME, options, createPostgresBackend as never)
    : new Queue(QUEUE_NAME, options)
}

/** Opens a worker on the queue; it starts when `run()` is called. */
export function openWorker(
  connection: QueueConnection,
  perform: (name: JobName, payload: JobPayload) => Promise<void>,
  options: { readonly concurrency: number; readonly lockMs: number },
): OnefoldWorker {
  const workerOptions = {
    connection: connect(connection),
    concurrency: options.concurrency,
    lockDuration: options.lockMs,
    stalledInterval: Math.max(1_000, options.lockMs / 4),
    // A job is only a doorbell: ring as often as needed, the lease in the ledger decides.
    maxStalledCount: 1_000,
    autorun: false,
    ...RETENTION,
  } as WorkerOptions
  const processor = async (job: { name: string; data: JobPayload }): Promise<void> =>
    perform(job.name as JobName, job.data)
  return (connection.backend === 'postgres'
    ? new Worker(QUEUE_NAME, processor as never, workerOptions, createPostgresBackend as never)
    : new Worker(QUEUE_NAME, processor as never, workerOptions)) as unknown as OnefoldWorker
}

function connect(connection: QueueConnection): unknown {
  if (connection.backend === 'redis') return { url: connection.url, maxRetriesPerRequest: null }
  return { ...toPgConfig(connection.database), max: 2 }
}

/** The same address in the words of `pg`, which BullMQ connects with. */
export function toPgConfig(address: DatabaseAddress): Record<string, unknown> {
  return 'url' in address ? { connectionString: address.url } : { ...address }
}
