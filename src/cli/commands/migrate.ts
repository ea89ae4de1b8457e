import { migrateQueue } from '../../../jobs/migrate-queue.ts'
import { withSession } from '../open-session.ts'
import { printLine } from '../output.ts'

/** Brings database and queue up to date; safe beside running workers, and when there is nothing to do. */
export async function migrate(): Promise<number> {
  return withSession('cli', async ({ queueConnection }) => {
    await migrateQueue(queueConnection)
    printLine('Database and queue are up to date.')
    return 0
  })
}
