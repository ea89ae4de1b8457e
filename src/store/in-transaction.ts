import type { LeasedChunk } from './run/chunk.ts'
import { holdLease } from './run/hold-lease.ts'
import type { Sql, Tx } from './open-store.ts'

/** Runs `write` in one transaction that holds the chunk's lease from its first statement on (P11). */
export async function inLease<T>(sql: Sql, chunk: LeasedChunk, write: (tx: Tx) => Promise<T>): Promise<T> {
  const result = await sql.begin(async (transaction) => {
    // postgres.js types a transaction apart from its pool; queries take either.
    const tx = transaction as unknown as Tx
    await holdLease(tx, chunk)
    return write(tx)
  })
  return result as T
}

/** Runs `write` in one transaction. */
export async function inTransaction<T>(sql: Sql, write: (tx: Tx) => Promise<T>): Promise<T> {
  return (await sql.begin((transaction) => write(transaction as unknown as Tx))) as T
}

/** Runs `read` on one state of the database, whatever others commit meanwhile; writing is refused. */
export async function inSnapshot<T>(sql: Sql, read: (tx: Tx) => Promise<T>): Promise<T> {
  const mode = 'isolation level repeatable read read only'
  return (await sql.begin(mode, (transaction) => read(transaction as unknown as Tx))) as T
}
