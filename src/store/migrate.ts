import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator'
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
    await client`SELECT pg_advisory_lock(${MIGRATION_LOCK})`
    await applyMigrations(drizzle(client), {
      migrationsFolder: findMigrationsFolder(),
      migrationsSchema: 'onefold',
      migrationsTable: 'migrations',
    })
  } finally {
    await client.end({ timeout: 5 })
  }
}
