import type { Tx } from '../open-store.ts'
import { packBlobs } from '../pack-blobs.ts'
import { spellArray } from '../spell-array.ts'
import { placeRow } from '../place.ts'
import type { ActorRow } from './ledger-batch.ts'
import { takePageBlock } from './take-page-block.ts'

/** Makes sure the actors of a batch of events are known. Only those that are new are described by `describe`, which seals. */
export async function upsertActors(
  tx: Tx,
  source: string,
  recordIds: Iterable<string>,
  describe: (recordId: string) => ActorRow,
): Promise<void> {
  const ids = [...recordIds]
  if (ids.length === 0) return
  const rows = await tx<{ id: string }[]>`
    SELECT record_id AS id FROM onefold.records WHERE record_id = ANY(${spellArray(ids)}::uuid[])`
  const known = new Set(rows.map((row) => row.id))
  // In one order, so that those who bring the same ones wait for one another, not each for the other.
  const fresh = ids.filter((id) => !known.has(id)).sort()
  await insertActors(tx, source, fresh.map(describe))
}

/** Marks actors as having events in no session yet, from an instant on (`earliestOf`, ms since 1970). */
export async function markUnstitched(tx: Tx, earliestOf: ReadonlyMap<string, number>): Promise<void> {
  if (earliestOf.size === 0) return
  await tx`
    INSERT INTO onefold.unstitched (actor_id, since, unread)
    SELECT id, from_at, from_at FROM (
      SELECT id, to_timestamp(earliest / 1000.0) AS from_at
      FROM unnest(${spellArray([...earliestOf.keys()])}::uuid[], ${spellArray([...earliestOf.values()])}::float8[]) AS given (id, earliest)
    ) AS marked`
}

async function insertActors(tx: Tx, source: string, actors: readonly ActorRow[]): Promise<void> {
  if (actors.length === 0) return
  // Actors lie on no page; a block of pages that stay unwritten gives each a place in the order of arrival.
  const first = placeRow(await takePageBlock(tx), 0)
  const seqs = actors.map((_, index) => first + index)
  const { base64, starts, sizes } = packBlobs(actors.map((actor) => actor.sealed))
  await tx`
    INSERT INTO onefold.records (record_id, seq, source, kind, sealed, stream, received_at)
    SELECT record_id, seq, ${source}, 'actor', substring(blobs.bytes FROM start FOR size), stream, now()
    FROM (SELECT decode(${base64}, 'base64') AS bytes OFFSET 0) AS blobs, unnest(
      ${spellArray(actors.map((actor) => actor.recordId))}::uuid[],
      ${spellArray(seqs)}::bigint[], ${spellArray(actors.map((actor) => actor.stream))}::uuid[],
      ${starts}::int[], ${sizes}::int[]
    ) AS given (record_id, seq, stream, start, size)
    ON CONFLICT (record_id) DO NOTHING`
}
