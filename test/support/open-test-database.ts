import { createHash, randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { inject } from 'vitest'
import { openPostgres } from '../../src/runtime/open-postgres.ts'
import { pollUntil } from '../../src/runtime/poll-until.ts'
import { TEST_SETTINGS } from './postgres-fixture.ts'

/** Brings an empty database to the state that tests begin with. Runs once per test run; must close its connections. */
export type Migrate = (url: string) => Promise<void>

export interface TestDatabase {
  /** TCP address of a superuser (or of the user of TEST_DATABASE_URL). */
  readonly url: string
  readonly name: string
  /** Removes the database. Throws when connections to it were left open: close yours first. */
  drop(): Promise<void>
}

/** A closed socket needs a moment until its backend is gone. */
const CLOSING_MS = 3_000

/**
 * A database of one's own, for a test file: call it in `beforeAll`, `drop` in `afterAll`.
 * With `migrate` it is a copy of a template that `migrate` prepared once in this run (some 80 ms; copied as files, since
 * nothing of it need survive a crash); the template is known by the function's text, so two files that pass the same
 * function share it. Without, it is empty.
 */
export async function openTestDatabase(name = 'db', migrate?: Migrate): Promise<TestDatabase> {
  const server = await serverUrl()
  const template = migrate === undefined ? 'template1' : await ensureTemplate(server, migrate)
  const database = `${prefix()}${name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .slice(0, 24)}_${randomBytes(4).toString('hex')}`
  await asAdmin(server, (sql) => sql`create database ${sql(database)} template ${sql(template)} strategy file_copy`)
  return {
    url: urlOf(server, database),
    name: database,
    drop: () => asAdmin(server, (sql) => dropDatabase(sql, database)),
  }
}

let opened: Promise<string> | undefined

/** The embedded server is never released here: other files may need it, and the end of the run stops it. */
function serverUrl(): Promise<string> {
  return (opened ??= (async () => {
    const server = inject('testServer')
    if (server === undefined) throw new Error('vitest.config.ts lacks globalSetup: test/support/global-setup.ts')
    if ('url' in server) return server.url
    return (await openPostgres(server.home, { settings: TEST_SETTINGS })).ownerUrl('postgres')
  })())
}

async function ensureTemplate(server: string, migrate: Migrate): Promise<string> {
  const hash = createHash('sha256')
    .update(`${migrate.name} ${String(migrate)}`)
    .digest()
  const template = `${prefix()}template_${hash.toString('hex').slice(0, 12)}`
  await asAdmin(server, async (sql) => {
    // The session's end frees the lock, also when the migration throws.
    await sql`select pg_advisory_lock(${hash.readInt32BE()})`
    const [found] = await sql<
      { ready: boolean }[]
    >`select not datallowconn as ready from pg_database where datname = ${template}`
    if (found?.ready === true) return
    if (found !== undefined) await sql`drop database ${sql(template)} with (force)`
    await sql`create database ${sql(template)}`
    await migrate(urlOf(server, template))
    const left = await waitForNoSessions(sql, template)
    if (left.length > 0) throw new Error(`migrate left ${left.length} connections open: ${left.join(', ')}`)
    await sql`alter database ${sql(template)} with allow_connections false`
  })
  return template
}

async function dropDatabase(sql: postgres.Sql, database: string): Promise<void> {
  const left = await waitForNoSessions(sql, database)
  await sql`drop database if exists ${sql(database)} with (force)`
  if (left.length > 0) throw new Error(`${left.length} connections to ${database} were left open: ${left.join(', ')}`)
}

/** The sessions that are still there when the time to close is over. */
async function waitForNoSessions(sql: postgres.Sql, database: string): Promise<string[]> {
  const sessions = async (): Promise<string[]> => {
    const rows = await sql<{ session: string }[]>`
      select coalesce(nullif(application_name, ''), 'unnamed') || ' (' || coalesce(state, 'unknown') || ')' as session
      from pg_stat_activity
      where datname = ${database} and backend_type = 'client backend'`
    return rows.map((row) => row.session)
  }
  const none = await pollUntil(async () => ((await sessions()).length === 0 ? [] : undefined), {
    timeoutMs: CLOSING_MS,
  })
  return none ?? sessions()
}

async function asAdmin<T>(server: string, action: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(server, { max: 1, onnotice: () => undefined, connection: { application_name: 'test support' } })
  try {
    return await action(sql)
  } finally {
    await sql.end()
  }
}

function urlOf(server: string, database: string): string {
  const url = new URL(server)
  url.pathname = `/${database}`
  return url.toString()
}

function prefix(): string {
  return `test_${inject('testRunId')}_`
}
