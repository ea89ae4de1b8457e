import postgres from 'postgres'
import { OnefoldError } from '../errors.ts'
import { OWNER } from './init-cluster.ts'
import { loadPassword } from './load-password.ts'
import type { ClusterPlace } from './locate-cluster.ts'

/** Where a server listens. */
export interface ServerAddress {
  readonly port: number
  /** Empty when the server has no unix socket. */
  readonly socketFolder: string
}

/**
 * Lends one connection of the owner to `action` and closes it. Through the unix socket when there is one.
 * Throws `postgres.password_lost` when the server refuses the password; other errors are the driver's own, because
 * the caller knows which it expects.
 */
export async function connectOwner<T>(
  place: ClusterPlace,
  { port, socketFolder }: ServerAddress,
  action: (sql: postgres.Sql) => Promise<T>,
): Promise<T> {
  const sql = postgres({
    host: socketFolder === '' ? '127.0.0.1' : socketFolder,
    port,
    user: OWNER,
    password: await loadPassword(place.passwordFile),
    database: 'postgres',
    max: 1,
    connect_timeout: 5,
    fetch_types: false,
    onnotice: () => undefined,
    connection: { application_name: 'onefold supervisor' },
  })
  try {
    return await action(sql)
  } catch (error) {
    if ((error as { code?: string }).code !== '28P01') throw error
    throw new OnefoldError('store', 'postgres.password_lost', 'The database refuses the password of this home', {
      details: { file: place.passwordFile },
      hint: 'Restore the password file from a backup of the home folder.',
      cause: error,
    })
  } finally {
    await sql.end({ timeout: 1 })
  }
}
