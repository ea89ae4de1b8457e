import { inspectQueue } from '../../jobs/inspect-queue.ts'
import type { QueueConnection } from '../../jobs/queues.ts'
import { OnefoldError } from '../errors.ts'

/**
 * Asks Redis for an answer before a run hangs on it: BullMQ waits for ever for a server that is not there. The
 * queue on PostgreSQL needs no question, its server has just been used. Throws `queue.unreachable`.
 */
export async function requireQueue(connection: QueueConnection): Promise<void> {
  if (connection.backend === 'postgres') return
  if (!/^rediss?:\/\//.test(connection.url)) {
    throw new OnefoldError('settings', 'redis_url.malformed', 'REDIS_URL is not the address of a Redis server.', {
      hint: 'Write it as redis://host:6379, or rediss:// with TLS.',
    })
  }
  await inspectQueue(connection).catch((cause: unknown) => {
    throw new OnefoldError('store', 'queue.unreachable', 'The Redis of the queue does not answer.', {
      retryable: true,
      hint: 'Start it, correct REDIS_URL, or leave that out: the queue is then in PostgreSQL.',
      cause,
    })
  })
}
