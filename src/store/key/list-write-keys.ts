import type { Tx } from '../open-store.ts'
import type { WriteKey } from './write-key.ts'

/** All write keys, revoked ones too, the newest first. */
export async function listWriteKeys(tx: Tx): Promise<readonly WriteKey[]> {
  return tx<WriteKey[]>`
    SELECT key_id AS "keyId", source, created_by AS "createdBy", created_at AS "createdAt", revoked_at AS "revokedAt"
    FROM onefold.write_keys ORDER BY created_at DESC, key_id DESC`
}
