import type { Tx } from '../open-store.ts'
import { packBlobs } from '../pack-blobs.ts'
import type { LedgerRow } from './ledger-batch.ts'

/** Holds rows for repair, each with its own envelope. Returns the row numbers that are new here: the others are held from before. */
export async function holdInQuarantine(
  tx: Tx,
  deliveryId: string,
  source: string,
  rows: readonly { readonly ledger: LedgerRow; readonly sealed: Buffer }[],
): Promise<Set<number>> {
  if (rows.length === 0) return new Set()
  const { base64, starts, sizes } = packBlobs(rows.map(({ sealed }) => sealed))
  const held = await tx<{ row_no: number }[]>`
    INSERT INTO onefold.quarantine
      (delivery_id, row_no, source, line, held_fingerprint, fingerprint, issues, sealed, quarantined_at)
    SELECT ${deliveryId}, row_no, ${source}, line, fingerprint, fingerprint, issues,
           substring(blobs.bytes FROM start FOR size), now()
    FROM (SELECT decode(${base64}, 'base64') AS bytes OFFSET 0) AS blobs, unnest(
      ${rows.map(({ ledger }) => ledger.rowNo)}::int[], ${rows.map(({ ledger }) => ledger.line)}::int[],
      ${rows.map(({ ledger }) => ledger.fingerprint)}::uuid[],
      ${rows.map(({ ledger }) => JSON.stringify(ledger.issues))}::text[]::jsonb[], ${starts}::int[], ${sizes}::int[]
    ) AS given (row_no, line, fingerprint, issues, start, size)
    ON CONFLICT (fingerprint) WHERE state <> 'replayed' DO NOTHING
    RETURNING row_no`
  return new Set(held.map((row) => row.row_no))
}
