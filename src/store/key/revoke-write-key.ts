import type { Tx } from '../open-store.ts'

/** Ends a key; false when there is no such key that is good. */
export async function revokeWriteKey(tx: Tx, keyId: string): Promise<boolean> {
  const rows = await tx`
    UPDATE onefold.write_keys SET revoked_at = clock_timestamp() WHERE key_id = ${keyId} AND revoked_at IS NULL
    RETURNING 1`
  return rows.length > 0
}
