import type { Tx } from '../open-store.ts'
import type { ActorRow } from './ledger-batch.ts'

/**
 * Makes sure the actors of a batch of events are known, marks them as having events in no session yet, and keeps
 * their rows locked until the commit: who stitches an actor's sessions meanwhile waits for these events.
 */
export async function upsertActors(tx: Tx, source: string, actors: readonly ActorRow[]): Promise<void> {
  if (actors.length === 0) return
  const sorted = actors.toSorted((a, b) => (a.recordId < b.recordId ? -1 : 1))
  const ids = sorted.map((actor) => actor.recordId)
  const lengths = sorted.map((actor) => actor.sealed.length)
  let end = 1
  const starts = lengths.map((length) => (end += length) - length)
  await tx`
    INSERT INTO onefold.records (record_id, source, kind, sealed, stream, unstitched, received_at)
    SELECT record_id, ${source}, 'actor', substring(blobs.bytes FROM start FOR size), stream, true, now()
    FROM (SELECT ${Buffer.concat(sorted.map((actor) => actor.sealed))}::bytea AS bytes OFFSET 0) AS blobs, unnest(
      ${ids}::uuid[], ${sorted.map((actor) => actor.stream)}::uuid[], ${starts}::int[], ${lengths}::int[]
    ) AS given (record_id, stream, start, size)
    ON CONFLICT (record_id) DO NOTHING`
  await tx`
    SELECT 1 FROM onefold.records WHERE record_id = ANY(${ids}::uuid[]) ORDER BY record_id FOR KEY SHARE`
  await tx`
    UPDATE onefold.records SET unstitched = true WHERE record_id = ANY(${ids}::uuid[]) AND NOT unstitched`
}
