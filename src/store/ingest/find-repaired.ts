import type { Tx } from '../open-store.ts'
import { spellArray } from '../spell-array.ts'

/**
 * Which of these fingerprints a repaired row of the source already stands for, by what it says now; of `doubtful`
 * ones also by what it said when it was held, as the ledger accepted it under that. Rows whose repair ended rejected
 * or erased stand for nothing.
 */
export async function findRepaired(
  tx: Tx,
  source: string,
  fingerprints: readonly string[],
  doubtful: readonly string[],
): Promise<Set<string>> {
  const rows = await tx<{ fingerprint: string }[]>`
    SELECT held.fingerprint
    FROM onefold.quarantine AS held JOIN onefold.raw_records AS raw USING (delivery_id, row_no)
    WHERE held.source = ${source} AND held.state = 'replayed' AND held.fingerprint = ANY(${spellArray(fingerprints)}::uuid[])
      AND raw.outcome IN ('accepted', 'duplicate')
    UNION
    SELECT fingerprint FROM onefold.raw_records
    WHERE outcome = 'accepted' AND fingerprint = ANY(${spellArray(doubtful)}::uuid[])`
  return new Set(rows.map((row) => row.fingerprint))
}
