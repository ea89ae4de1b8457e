import type { Tx } from '../open-store.ts'
import type { LedgerRow } from './ledger-batch.ts'

/** Holds rows for repair. Returns the row numbers that are new here: the others are held from before. */
export async function holdInQuarantine(
  tx: Tx,
  deliveryId: string,
  source: string,
  rows: readonly LedgerRow[],
): Promise<Set<number>> {
  if (rows.length === 0) return new Set()
  const held = await tx<{ row_no: number }[]>`
    INSERT INTO onefold.quarantine (delivery_id, row_no, source, fingerprint, issues, quarantined_at)
    SELECT ${deliveryId}, row_no, ${source}, fingerprint, issues, now()
    FROM unnest(
      ${rows.map((row) => row.rowNo)}::int[], ${rows.map((row) => row.fingerprint)}::uuid[],
      ${rows.map((row) => JSON.stringify(row.issues))}::text[]::jsonb[]
    ) AS given (row_no, fingerprint, issues)
    ON CONFLICT (fingerprint) WHERE state <> 'replayed' DO NOTHING
    RETURNING row_no`
  return new Set(held.map((row) => row.row_no))
}
