import postgres from 'postgres'
import { openSocket } from './open-socket.ts'

/** A connection pool for set-based SQL. Give drizzle its own client: it changes the serializers of the one it gets. */
export type Sql = postgres.Sql<{ int8: number }>
/** A transaction on that pool. Queries take either. */
export type Tx = postgres.TransactionSql<{ int8: number }> | Sql

/** A piece of SQL with its parameters, to be put into a query. */
export type SqlFragment = postgres.PendingQuery<postgres.Row[]>

/** Where a database is: an address, or the parts of one (a unix socket's folder has no address all drivers read). */
export type DatabaseAddress =
  | { readonly url: string }
  | {
      readonly host: string
      readonly port: number
      readonly user: string
      readonly password: string
      readonly database: string
    }

/** The database as the pipeline sees it. */
export interface Store {
  readonly sql: Sql
  close(): Promise<void>
}

export interface StoreOptions {
  /** Connections at most; default 6. */
  readonly max?: number
  /** Shown in `pg_stat_activity`. */
  readonly name?: string
  /** Silence in an open transaction after which the server ends it; default a minute. */
  readonly idleInTransactionMs?: number
  /** The role to work as; without one, the role that connects. */
  readonly role?: string
}

/** The lease of a worker: others may take over then, but not while its transaction holds the rows. */
const IDLE_IN_TRANSACTION_MS = 60_000

/**
 * Opens the application's pool. bigint columns come back as numbers: they hold counts, ledger positions and
 * fences, all far below 2^53. Sessions run in UTC. A transaction left idle is ended by the server, so that a worker
 * that was paused or cut off in the middle of one does not keep others from taking over.
 */
export function openStore(address: DatabaseAddress, options: StoreOptions = {}): Store {
  const settings = {
    max: options.max ?? 6,
    onnotice: () => {},
    types: { int8: { to: 20, from: [20], serialize: String, parse: Number } },
    connection: {
      application_name: options.name ?? 'onefold',
      TimeZone: 'UTC',
      idle_in_transaction_session_timeout: options.idleInTransactionMs ?? IDLE_IN_TRANSACTION_MS,
      ...(options.role === undefined ? {} : { role: options.role }),
    },
  }
  const sql =
    'url' in address
      ? postgres(address.url, { ...settings, socket: openSocket() } as typeof settings)
      : postgres({ ...address, ...settings })
  return { sql, close: () => sql.end({ timeout: 5 }) }
}
