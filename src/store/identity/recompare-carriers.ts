import type { Tx } from '../open-store.ts'
import { spellArray } from '../spell-array.ts'
import { touchNeighbours } from './touch-neighbours.ts'

/**
 * Makes due again whoever carries one of these identifiers, and forgets what was judged of them: it counted, or did
 * not count, what it does not or does now. Returns how many records.
 */
export async function recompareCarriers(tx: Tx, hashes: readonly string[]): Promise<number> {
  if (hashes.length === 0) return 0
  const rows = await tx<{ id: string }[]>`
    SELECT record_id AS id FROM onefold.records
    WHERE resolution IN ('compared', 'resolved')
      AND record_id IN (SELECT record_id FROM onefold.identifiers WHERE hash = ANY(${[...hashes]}::uuid[]))
    ORDER BY record_id FOR NO KEY UPDATE`
  const ids = rows.map(({ id }) => id)
  await touchNeighbours(tx, spellArray(ids))
  await tx`DELETE FROM onefold.judgements WHERE record_a = ANY(${ids}::uuid[])`
  await tx`DELETE FROM onefold.judgements WHERE record_b = ANY(${ids}::uuid[])`
  await tx`UPDATE onefold.records SET resolution = 'keyed' WHERE record_id = ANY(${ids}::uuid[])`
  return ids.length
}
