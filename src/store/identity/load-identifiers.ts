import type { Tx } from '../open-store.ts'
import { spellArray } from '../spell-array.ts'
import type { Neighbourhood } from './load-neighbourhood.ts'

/** The identifiers that records carry, as keyed hashes. */
export async function loadIdentifiers(tx: Tx, recordIds: readonly string[]): Promise<Neighbourhood['identifiers']> {
  return tx<Neighbourhood['identifiers'][number][]>`
    SELECT record_id AS "recordId", kind, hash FROM onefold.identifiers
    WHERE record_id = ANY(${spellArray(recordIds)}::uuid[])`
}
