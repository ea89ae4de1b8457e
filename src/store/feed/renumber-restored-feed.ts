import type { Tx } from '../open-store.ts'

/** The first number that a transaction of a user can have; those of this server are far above it. */
const FIRST_XACT = '3'

/**
 * Where the database came from another server, by dump and restore, its changes carry numbers of transactions that
 * there are not yet on this one: they would hide until these are reached, and what happens now would come before them. They
 * get the lowest number instead and are told from one to the next by `seq`; a change may be told twice then. Returns whether it
 * was so.
 */
export async function renumberRestoredFeed(tx: Tx): Promise<boolean> {
  const [row] = await tx<{ isRestored: boolean }[]>`
    SELECT greatest((SELECT max(xact) FROM onefold.outbox), (SELECT max(xact) FROM onefold.webhook_positions))
      > pg_snapshot_xmax(pg_current_snapshot()) AS "isRestored"`
  if (row?.isRestored !== true) return false
  await tx`
    WITH moved AS (UPDATE onefold.webhook_positions SET xact = ${FIRST_XACT}::xid8)
    UPDATE onefold.outbox SET xact = ${FIRST_XACT}::xid8`
  return true
}
