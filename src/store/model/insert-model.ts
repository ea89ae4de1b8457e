import type { Tx } from '../open-store.ts'

export interface NewModel {
  readonly version: number
  readonly origin: 'trained' | 'imported'
  readonly trainedRecords: number
  readonly sealed: Buffer
}

/** Keeps a model under a version of its own. The caller holds `lockModels`, which gave the version. */
export async function insertModel(tx: Tx, { version, origin, trainedRecords, sealed }: NewModel): Promise<void> {
  await tx`
    INSERT INTO onefold.models (version, origin, trained_records, sealed)
    VALUES (${version}, ${origin}, ${trainedRecords}, ${sealed})`
}
