import { inspectQueue } from '../../../jobs/inspect-queue.ts'
import type { QueueConnection } from '../../../jobs/queues.ts'
import type { Finding } from './finding.ts'

/** Whether the queue answers and keeps what it is given. */
export async function checkQueue(connection: QueueConnection): Promise<Finding> {
  const check = 'queue'
  const unreachable = (failure: unknown): Finding => ({
    check,
    verdict: 'fail',
    message: `The queue (${connection.backend}) does not answer: ${(failure as { code?: string }).code ?? 'no connection'}`,
    next:
      connection.backend === 'redis'
        ? 'Check REDIS_URL and that the server runs.'
        : '`onefold migrate` makes its database, if this user may.',
  })
  const state = await inspectQueue(connection).catch(unreachable)
  if ('check' in state) return state
  if (state.backend === 'postgres') {
    return state.isMigrated
      ? { check, verdict: 'ok', message: 'BullMQ on PostgreSQL' }
      : {
          check,
          verdict: 'warn',
          message: 'The queue has no tables yet',
          next: '`onefold migrate`; the first worker makes them too.',
        }
  }
  const message = `Redis ${state.version}, maxmemory-policy ${state.policy ?? 'not told'}`
  if (state.policy !== undefined && state.policy !== 'noeviction') {
    return {
      check,
      verdict: 'fail',
      message,
      next: 'CONFIG SET maxmemory-policy noeviction, and in its configuration file.',
    }
  }
  return state.policy === undefined
    ? { check, verdict: 'warn', message, next: 'Make sure that its maxmemory-policy is noeviction.' }
    : { check, verdict: 'ok', message }
}
