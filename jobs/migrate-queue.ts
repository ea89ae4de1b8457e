import { runMigrations } from 'bullmq'
import pg from 'pg'
import { type QueueConnection, toPgConfig } from './queues.ts'

/** Brings BullMQ's own tables up to date; Redis needs none. BullMQ holds an advisory lock meanwhile. */
export async function migrateQueue(connection: QueueConnection): Promise<void> {
  if (connection.backend === 'redis') return
  const client = new pg.Client(toPgConfig(connection.database))
  await client.connect()
  try {
    await runMigrations(client)
  } finally {
    await client.end()
  }
}
