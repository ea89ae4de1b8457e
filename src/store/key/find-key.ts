import type { Tx } from '../open-store.ts'
import { KEY_TABLES, type KeyKind } from './key.ts'

/** Whose the key of a hash is: a source, a reader. Undefined when there is none, or it was revoked. */
export async function findKey(tx: Tx, kind: KeyKind, hash: string): Promise<string | undefined> {
  const { table, holder } = KEY_TABLES[kind]
  const [row] = await tx<{ holder: string }[]>`
    SELECT ${tx(holder)} AS holder FROM onefold.${tx(table)} WHERE hash = ${hash} AND revoked_at IS NULL`
  return row?.holder
}
