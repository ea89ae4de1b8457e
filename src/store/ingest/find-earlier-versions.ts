import type { Tx } from '../open-store.ts'
import { spellArray } from '../spell-array.ts'

/** Fingerprints of all versions of these records that were accepted and are not their newest. */
export async function findEarlierVersions(tx: Tx, recordIds: readonly string[]): Promise<string[]> {
  if (recordIds.length === 0) return []
  const rows = await tx<{ fingerprint: string }[]>`
    SELECT fingerprint FROM onefold.record_versions WHERE record_id = ANY(${spellArray(recordIds)}::uuid[])`
  return rows.map((row) => row.fingerprint)
}
