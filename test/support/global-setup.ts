import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import postgres from 'postgres'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** Home of the embedded server of this run, or the address of the server to use instead. */
    testServer: { readonly home: string } | { readonly url: string }
    /** Begins the name of each database of this run. */
    testRunId: string
  }
}

/**
 * Compiles what changed of the program, and has one PostgreSQL server for the whole run: an embedded one, or
 * TEST_DATABASE_URL (a user who may create databases).
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  await promisify(execFile)('npm', ['run', '--silent', 'build'], { cwd: project.config.root })
  const runId = randomBytes(4).toString('hex')
  project.provide('testRunId', runId)
  const url = process.env['TEST_DATABASE_URL']
  if (url !== undefined && url !== '') {
    project.provide('testServer', { url })
    return () => dropDatabasesOf(runId, url)
  }
  // Not before it is compiled, since it imports the program.
  const { makeTestHome, removeDeadTestHomes, removeTestHome } = await import('./postgres-fixture.ts')
  await removeDeadTestHomes()
  const home = await makeTestHome()
  project.provide('testServer', { home })
  return () => removeTestHome(home)
}

async function dropDatabasesOf(runId: string, url: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined })
  try {
    const rows = await sql<
      { datname: string }[]
    >`select datname from pg_database where starts_with(datname, ${`test_${runId}_`})`
    for (const { datname } of rows) await sql`drop database if exists ${sql(datname)} with (force)`
  } finally {
    await sql.end()
  }
}
