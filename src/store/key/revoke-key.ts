import type { Tx } from '../open-store.ts'
import { KEY_TABLES, type KeyKind } from './key.ts'

/** Ends a key, of whatever kind; undefined when there is no such key that is good. */
export async function revokeKey(tx: Tx, keyId: string): Promise<KeyKind | undefined> {
  for (const kind of ['write', 'read'] as const) {
    const rows = await tx`
      UPDATE onefold.${tx(KEY_TABLES[kind].table)} SET revoked_at = clock_timestamp()
      WHERE key_id = ${keyId} AND revoked_at IS NULL RETURNING 1`
    if (rows.length > 0) return kind
  }
  return undefined
}
