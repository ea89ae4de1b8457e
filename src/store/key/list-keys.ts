import type { Tx } from '../open-store.ts'
import type { Key } from './key.ts'

/** All keys, revoked ones too, the newest first. */
export async function listKeys(tx: Tx): Promise<readonly Key[]> {
  return tx<Key[]>`
    SELECT key_id AS "keyId", kind, holder, created_by AS "createdBy", created_at AS "createdAt",
      revoked_at AS "revokedAt"
    FROM (
      SELECT key_id, 'write' AS kind, source AS holder, created_by, created_at, revoked_at FROM onefold.write_keys
      UNION ALL SELECT key_id, 'read', reader, created_by, created_at, revoked_at FROM onefold.read_keys
    ) AS keys ORDER BY created_at DESC, key_id DESC`
}
