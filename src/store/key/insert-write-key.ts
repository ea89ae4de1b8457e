import type { Tx } from '../open-store.ts'

/** Keeps a new key by its hash. */
export async function insertWriteKey(
  tx: Tx,
  key: { readonly keyId: string; readonly hash: string; readonly source: string; readonly createdBy: string },
): Promise<void> {
  await tx`
    INSERT INTO onefold.write_keys (key_id, hash, source, created_by)
    VALUES (${key.keyId}, ${key.hash}, ${key.source}, ${key.createdBy})`
}
