import type { Tx } from '../open-store.ts'

export interface ModelEntry {
  readonly version: number
  readonly createdAt: Date
  readonly origin: 'trained' | 'imported'
  readonly trainedRecords: number
  /** When a run first judged by it; another one may judge by now. */
  readonly appliedAt: Date | null
}

export interface StoredModel extends ModelEntry {
  readonly sealed: Buffer
}

/** A model by its version, or the `newest`. */
export async function findModel(tx: Tx, wanted: number | 'newest'): Promise<StoredModel | undefined> {
  const [row] = await tx<StoredModel[]>`
    SELECT version, created_at AS "createdAt", origin, trained_records AS "trainedRecords",
           applied_at AS "appliedAt", sealed
    FROM onefold.models
    WHERE ${wanted === 'newest' ? tx`true` : tx`version = ${wanted}`}
    ORDER BY version DESC LIMIT 1`
  return row
}
