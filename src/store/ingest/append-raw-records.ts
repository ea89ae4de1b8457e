import type { Tx } from '../open-store.ts'
import { packBlobs } from '../pack-blobs.ts'
import { spellArray } from '../spell-array.ts'
import type { LedgerRow } from './ledger-batch.ts'

/**
 * Appends ledger rows as they are, except those whose fingerprint the ledger has accepted before (now, or in
 * another transaction just committing). Returns the row numbers that were written.
 */
export async function appendRawRecords(
  tx: Tx,
  deliveryId: string,
  rows: readonly LedgerRow[],
  outcome: (row: LedgerRow) => string,
): Promise<Set<number>> {
  if (rows.length === 0) return new Set()
  const { base64, starts, sizes } = packBlobs(rows.map((row) => row.sealed))
  const [written] = await tx<{ rows: number[] | null }[]>`
    WITH written AS (
    INSERT INTO onefold.raw_records (delivery_id, row_no, line, outcome, record_id, fingerprint, sealed, issues)
    SELECT ${deliveryId}, row_no, line, outcome, record_id, fingerprint,
           substring(blobs.bytes FROM start FOR size), string_to_array(issues, ' ')
    FROM (SELECT decode(${base64}, 'base64') AS bytes OFFSET 0) AS blobs, unnest(
      ${spellArray(rows.map((row) => row.rowNo))}::int[], ${spellArray(rows.map((row) => row.line))}::int[],
      ${spellArray(rows.map(outcome))}::text[], ${spellArray(rows.map((row) => row.recordId))}::uuid[],
      ${spellArray(rows.map((row) => row.fingerprint))}::uuid[], ${starts}::int[], ${sizes}::int[],
      ${spellArray(rows.map((row) => (row.issues.length === 0 ? null : row.issues.map((issue) => issue.code).join(' '))))}::text[]
    ) AS given (row_no, line, outcome, record_id, fingerprint, start, size, issues)
    ON CONFLICT (fingerprint) WHERE outcome = 'accepted' DO NOTHING
    RETURNING row_no
    ) SELECT CASE WHEN count(*) < ${rows.length} THEN coalesce(array_agg(row_no), '{}') END AS rows FROM written`
  // Nothing is said when all were written, as nearly always.
  return new Set(written?.rows ?? rows.map((row) => row.rowNo))
}
