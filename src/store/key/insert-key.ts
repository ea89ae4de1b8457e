import type { Tx } from '../open-store.ts'
import { type Key, KEY_TABLES } from './key.ts'

/** Keeps a new key by its hash. */
export async function insertKey(
  tx: Tx,
  {
    keyId,
    kind,
    hash,
    holder,
    createdBy,
  }: Pick<Key, 'keyId' | 'kind' | 'holder' | 'createdBy'> & { readonly hash: string },
): Promise<void> {
  const { table, holder: column } = KEY_TABLES[kind]
  await tx`
    INSERT INTO onefold.${tx(table)} (key_id, hash, ${tx(column)}, created_by)
    VALUES (${keyId}, ${hash}, ${holder}, ${createdBy})`
}
