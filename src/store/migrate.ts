import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import postgres from 'postgres'
import { findMigrationsFolder } from './find-migrations-folder.ts'
import type { DatabaseAddress } from './open-store.ts'

/** Held while migrations run, so that any number of processes may start at once. */
const MIGRATION_LOCK = 7_310_001

/**
 * Brings the schema up to date. Each pending migration runs in one transaction under an advisory lock; a server
 * that is up to date is only read. Migrations add before they remove, so workers of the release before go on (P15).
 */
export async function migrate(address: DatabaseAddress): Promise<void> {
  const settings = { max: 1, onnotice: () => {} }
  const client = 'url' in address ? postgres(address.url, settings) : postgres({ ...address, ...settings })
  try {
    const migrationsFolder = findMigrationsFolder()
    if (await isUpToDate(client, migrationsFolder)) return
    await client`SELECT pg_advisory_lock(${MIGRATION_LOCK})`
    // Loaded when needed only: its hundred modules take a tenth of a second, and nearly every command finds nothing due.
    const { drizzle } = await import('drizzle-orm/postgres-js')
    const { migrate: applyMigrations } = await import('drizzle-orm/postgres-js/migrator')
    await applyMigrations(drizzle(client), {
      migrationsFolder,
      migrationsSchema: 'onefold',
      migrationsTable: 'migrations',
    })
  } finally {
    await client.end({ timeout: 5 })
  }
}

/** Whether the newest migration is the last one applied; drizzle's migrator orders them by the same stamp. */
async function isUpToDate(client: postgres.Sql, migrationsFolder: string): Promise<boolean> {
  const [known] = await client`SELECT FROM pg_class WHERE oid = to_regclass('onefold.migrations')`
  if (known === undefined) return false
  const journal = JSON.parse(await readFile(join(migrationsFolder, 'meta', '_journal.json'), 'utf8')) as {
    entries: { when: number }[]
  }
  const [last] = await client<{ applied: number | null }[]>`
    SELECT max(created_at)::float8 AS applied FROM onefold.migrations`
  return (last?.applied ?? 0) >= Math.max(...journal.entries.map(({ when }) => when))
}
