import { ensureReaderLogin, READER_LOGIN } from '../../runtime/ensure-reader-login.ts'
import type { PostgresHandle } from '../../runtime/open-postgres.ts'
import { type Session, withSession } from '../open-session.ts'
import { printJson, printLine } from '../output.ts'

export interface UrlOptions {
  readonly role: 'reader' | 'worker' | 'owner'
  readonly json?: boolean
}

/**
 * Prints how other programs reach the database. For the embedded one an address with password; for DATABASE_URL,
 * whose logins are the administrator's, the SQL that makes one. Hints go to stderr, so that stdout can be piped.
 */
export async function url(options: UrlOptions): Promise<number> {
  return withSession('cli', async (session) => {
    const { embedded } = session.database
    if (embedded === undefined) return explainOwnServer(session, options)
    const { user, password, settings } = await findLogin(session, embedded, options.role)
    const address = new URL(`postgres://${embedded.host}:${embedded.port}/onefold`)
    address.username = user
    address.password = password
    if (settings !== undefined) address.searchParams.set('options', settings)
    // Blanks in a query are `%20` to libpq, never `+`.
    const text = address.href.replaceAll('+', '%20')
    if (options.json === true) {
      printJson({
        url: text,
        role: options.role,
        host: embedded.host,
        port: embedded.port,
        database: 'onefold',
        user,
        password,
      })
    } else printLine(text)
    process.stderr.write(
      'The embedded database runs while `onefold up` or `onefold worker` runs: start one in another terminal.\n',
    )
    return 0
  })
}

async function findLogin(
  session: Session,
  embedded: PostgresHandle,
  role: UrlOptions['role'],
): Promise<{ user: string; password: string; settings?: string }> {
  if (role === 'reader')
    return { user: READER_LOGIN, password: await ensureReaderLogin(session.environment.home, embedded) }
  const owner = { user: embedded.ownerUser, password: embedded.ownerPassword }
  return role === 'owner' ? owner : { ...owner, settings: '-c role=onefold_worker' }
}

function explainOwnServer({ environment }: Session, { role, json }: UrlOptions): number {
  const database = decodeURIComponent(new URL(environment.databaseUrl ?? '').pathname.slice(1)) || 'postgres'
  const member = role === 'reader' ? 'onefold_reader' : 'onefold_worker'
  const login = role === 'reader' ? READER_LOGIN : 'onefold_service'
  const sql =
    role === 'owner'
      ? []
      : [
          `CREATE ROLE ${login} LOGIN PASSWORD '…' IN ROLE ${member};`,
          `GRANT CONNECT ON DATABASE "${database.replaceAll('"', '""')}" TO ${login};`,
          ...(role === 'reader'
            ? [
                `ALTER ROLE ${login} SET default_transaction_read_only = on;`,
                `ALTER ROLE ${login} SET search_path = onefold_out;`,
              ]
            : [`ALTER ROLE ${login} SET role = ${member};`]),
        ]
  if (json === true) printJson({ role, database, sql })
  else if (role === 'owner') printLine('The owner is the user of DATABASE_URL.')
  else for (const line of sql) printLine(line)
  if (role !== 'owner') {
    process.stderr.write(
      'DATABASE_URL leads to your own server: run these statements there with a password of your choice.\n',
    )
  }
  return 0
}
