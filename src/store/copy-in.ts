import { OnefoldError } from '../errors.ts'
import type { SqlFragment, Tx } from './open-store.ts'

/** From the last byte on; a batch of 16 MB is taken in within a second. */
const PATIENCE_MS = 60_000

/**
 * Copies rows in PostgreSQL's binary format (`openCopyWriter`) into `target`, a table with its columns. Inside a
 * transaction only. What the server could reject must be ruled out before: postgres.js then never hears the end
 * (porsager/postgres#1173), so that after a minute without one the copy is given up with `store.copy_rejected`
 * (retryable); the transaction rolls back and its connection is good again.
 */
export async function copyIn(tx: Tx, target: SqlFragment, rows: Uint8Array, patienceMs = PATIENCE_MS): Promise<void> {
  const stream = await tx`COPY ${target} FROM STDIN (FORMAT binary)`.writable()
  await new Promise<void>((resolve, reject) => {
    const giveUp = setTimeout(() => {
      const failure = new OnefoldError('store', 'store.copy_rejected', 'The database did not take a copy of rows in.', {
        retryable: true,
        details: { bytes: rows.length },
      })
      stream.destroy(failure)
      reject(failure)
    }, patienceMs)
    const settle = (failure?: Error | null): void => {
      clearTimeout(giveUp)
      if (failure === undefined || failure === null) resolve()
      else reject(failure)
    }
    stream.once('error', settle)
    stream.end(rows, settle)
  })
}
