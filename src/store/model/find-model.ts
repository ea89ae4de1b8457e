import type { Tx } from '../open-store.ts'

export interface ModelEntry {
  readonly version: number
  readonly createdAt: Date
  readonly origin: 'trained' | 'imported'
  readonly trainedRecords: number
  /** When a run first judged by it. */
  readonly appliedAt: Date | null
}

export interface StoredModel extends ModelEntry {
  readonly sealed: Buffer
}

/** A model by its version, the `newest`, or the one the ledger is judged by: the newest that was `applied`. */
export async function findModel(tx: Tx, wanted: number | 'newest' | 'applied'): Promise<StoredModel | undefined> {
  const [row] = await tx<StoredModel[]>`
    SELECT version, created_at AS "createdAt", origin, trained_records AS "trainedRecords",
           applied_at AS "appliedAt", sealed
    FROM onefold.models
    WHERE ${typeof wanted === 'number' ? tx`version = ${wanted}` : wanted === 'applied' ? tx`applied_at IS NOT NULL` : tx`true`}
    ORDER BY version DESC LIMIT 1`
  return row
}
