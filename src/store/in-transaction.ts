import { OnefoldError } from '../errors.ts'
import type { LeasedChunk } from './run/chunk.ts'
import { holdLease } from './run/hold-lease.ts'
import type { Sql, Tx } from './open-store.ts'

/** Runs `write` in one transaction that holds the chunk's lease from its first statement on (P11). */
export async function inLease<T>(sql: Sql, chunk: LeasedChunk, write: (tx: Tx) => Promise<T>): Promise<T> {
  return inTransaction(sql, async (tx) => {
    await holdLease(tx, chunk)
    return write(tx)
  })
}

/** Runs `write` in one transaction. postgres.js types a transaction apart from its pool; queries take either. */
export async function inTransaction<T>(sql: Sql, write: (tx: Tx) => Promise<T>): Promise<T> {
  return (await sql.begin((transaction) => whileOpen(transaction as unknown as Tx, write))) as T
}

/** Runs `read` on one state of the database, whatever others commit meanwhile; writing is refused. */
export async function inSnapshot<T>(sql: Sql, read: (tx: Tx) => Promise<T>): Promise<T> {
  const mode = 'isolation level repeatable read read only'
  return (await sql.begin(mode, (transaction) => whileOpen(transaction as unknown as Tx, read))) as T
}

/**
 * Runs `work`, and lets nothing more be sent once it is over. Of what is sent together one statement may fail while
 * another branch goes on: what it sends next would come after the rollback, and be committed by itself.
 */
async function whileOpen<T>(tx: Tx, work: (tx: Tx) => Promise<T>): Promise<T> {
  let isOver = false
  const refuse = (): void => {
    if (isOver) throw new OnefoldError('store', 'store.transaction_over', 'A transaction is over.', { retryable: true })
  }
  const open = new Proxy(tx, {
    apply: (target, self, given) => {
      refuse()
      return Reflect.apply(target, self, given) as unknown
    },
    get: (target, key, self) => {
      refuse()
      return Reflect.get(target, key, self) as unknown
    },
  })
  try {
    return await work(open)
  } finally {
    isOver = true
  }
}
