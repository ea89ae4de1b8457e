import type { Tx } from '../open-store.ts'
import { spellArray } from '../spell-array.ts'

/** Remembers accepted versions that are not, or no longer, the newest of their records. */
export async function insertRecordVersions(
  tx: Tx,
  versions: readonly { readonly recordId: string; readonly fingerprint: string }[],
): Promise<void> {
  if (versions.length === 0) return
  await tx`
    INSERT INTO onefold.record_versions (record_id, fingerprint)
    SELECT * FROM unnest(
      ${spellArray(versions.map((version) => version.recordId))}::uuid[],
      ${spellArray(versions.map((version) => version.fingerprint))}::uuid[])`
}
