import { copyIn } from '../copy-in.ts'
import type { Tx } from '../open-store.ts'

/** Inserts records as `encodeRecords` spelled them. The caller holds their source's lock and has found none of them. */
export async function copyRecords(tx: Tx, encoded: Uint8Array): Promise<void> {
  await copyIn(
    tx,
    tx`onefold.records (record_id, seq, source, kind, place, fingerprint, updated_at, versions, resolution)`,
    encoded,
  )
}
