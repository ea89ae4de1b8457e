import { OnefoldError } from '../errors.ts'
import { migrate } from '../store/migrate.ts'
import { type DatabaseAddress, openStore } from '../store/open-store.ts'
import type { Environment } from '../config/environment.ts'
import { nameQueueDatabase } from './name-queue-database.ts'
import { openPostgres, type PostgresHandle } from './open-postgres.ts'

const WORKER_ROLE = 'onefold_worker'

/** Where data and queue live, ready to use. */
export interface OpenedDatabase {
  readonly data: DatabaseAddress
  readonly queue: DatabaseAddress
  /** The role that work is done as; undefined where the server's user may not take it on. */
  readonly role: string | undefined
  /** The embedded server; undefined with DATABASE_URL. */
  readonly embedded: PostgresHandle | undefined
  release(): Promise<void>
}

/**
 * The database of DATABASE_URL, else the embedded one of the home; its schema brought up to date. The queue has a
 * database of its own beside it (`…_queue`): a long transaction would halve its speed otherwise.
 */
export async function openDatabase(environment: Pick<Environment, 'home' | 'databaseUrl'>): Promise<OpenedDatabase> {
  const embedded = environment.databaseUrl === undefined ? await openPostgres(environment.home) : undefined
  try {
    const data: DatabaseAddress = embedded?.ownerConnection('onefold') ?? { url: environment.databaseUrl as string }
    const queue: DatabaseAddress =
      embedded?.ownerConnection('onefold_queue') ?? (await ensureQueueDatabase(environment.databaseUrl as string))
    await migrate(data)
    return { data, queue, role: await findWorkerRole(data), embedded, release: async () => embedded?.release() }
  } catch (error) {
    await embedded?.release()
    throw error
  }
}

async function findWorkerRole(address: DatabaseAddress): Promise<string | undefined> {
  const store = openStore(address, { max: 1 })
  try {
    const [row] = await store.sql<{ may: boolean }[]>`
      SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = ${WORKER_ROLE} AND pg_has_role(oid, 'MEMBER')) AS may`
    return row?.may === true ? WORKER_ROLE : undefined
  } finally {
    await store.close()
  }
}

/** `postgres://…/name` has its queue in `name_queue`, made here when it is missing and may be made. */
async function ensureQueueDatabase(databaseUrl: string): Promise<DatabaseAddress> {
  const { name, url } = nameQueueDatabase(databaseUrl)
  const store = openStore({ url: databaseUrl }, { max: 1 })
  try {
    const known = await store.sql`SELECT 1 FROM pg_database WHERE datname = ${name}`
    if (known.length === 0) {
      await store.sql`CREATE DATABASE ${store.sql(name)}`.catch((error: { code?: string }) => {
        // Two processes may start at once.
        if (error.code === '42P04' || error.code === '23505') return
        throw new OnefoldError(
          'settings',
          'queue.no_database',
          `The queue's database ${name} is missing and may not be made.`,
          {
            hint: `Run \`CREATE DATABASE ${name}\` as an administrator, or set REDIS_URL.`,
          },
        )
      })
    }
  } finally {
    await store.close()
  }
  return { url }
}
