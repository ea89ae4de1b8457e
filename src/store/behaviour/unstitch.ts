import type { SqlFragment, Tx } from '../open-store.ts'

/** Has all sessions of the actors that `actors` (a query of `record_id`) gives made anew; their events are what they were. */
export async function unstitch(tx: Tx, actors: SqlFragment): Promise<void> {
  await tx`INSERT INTO onefold.unstitched (actor_id, since) SELECT record_id, '-infinity' FROM (${actors}) AS given`
}
