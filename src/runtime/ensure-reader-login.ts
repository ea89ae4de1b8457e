import { randomBytes } from 'node:crypto'
import { chmod, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import postgres from 'postgres'
import type { PostgresHandle } from './open-postgres.ts'

/** Who BI tools log in as. */
export const READER_LOGIN = 'onefold_bi'
const READER_ROLE = 'onefold_reader'

/**
 * Makes sure that the embedded server has a login that can read `onefold_out` and nothing else, and returns its
 * password, which is kept in the home (`reader.password`, its owner's alone). Needs a migrated database; safe to
 * repeat. A lost password file gets a new password.
 */
export async function ensureReaderLogin(home: string, server: PostgresHandle): Promise<string> {
  const password = await loadOrMakePassword(join(home, 'reader.password'))
  const sql = postgres({ ...server.ownerConnection('onefold'), max: 1, onnotice: () => {} })
  try {
    await sql.begin(async (tx) => {
      // Two at once would both find the role missing.
      await tx`SELECT pg_advisory_xact_lock(hashtext('onefold.ensure_reader_login'))`
      const known = await tx`SELECT 1 FROM pg_roles WHERE rolname = ${READER_LOGIN}`
      if (known.length === 0) await tx`CREATE ROLE ${tx(READER_LOGIN)} NOLOGIN`
      // Statements of this kind take no parameters; the server writes the text itself.
      const [login] = await tx<{ text: string }[]>`
        SELECT format('ALTER ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE INHERIT CONNECTION LIMIT 20 PASSWORD %L',
          ${READER_LOGIN}::text, ${password}::text) AS text`
      await tx.unsafe(login?.text ?? '')
      await tx`GRANT ${tx(READER_ROLE)} TO ${tx(READER_LOGIN)}`
      await tx`ALTER ROLE ${tx(READER_LOGIN)} SET default_transaction_read_only = on`
      await tx`ALTER ROLE ${tx(READER_LOGIN)} SET search_path = onefold_out`
    })
  } finally {
    await sql.end({ timeout: 5 })
  }
  return password
}

async function loadOrMakePassword(file: string): Promise<string> {
  const known = (await readFile(file, 'utf8').catch(() => '')).trim()
  if (known === '') {
    const made = randomBytes(24).toString('base64url')
    try {
      // `wx`: of two processes starting at once, one makes the password and the other reads it.
      await writeFile(file, `${made}\n`, { mode: 0o600, flag: 'wx' })
      return made
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
  await chmod(file, 0o600)
  if (known !== '') return known
  const other = (await readFile(file, 'utf8')).trim()
  if (other !== '') return other
  const made = randomBytes(24).toString('base64url')
  await writeFile(file, `${made}\n`, { mode: 0o600 })
  return made
}
