import type { Tx } from '../open-store.ts'

/** The source that the key of a hash may write to; undefined when there is none, or it was revoked. */
export async function findWriteKey(tx: Tx, hash: string): Promise<string | undefined> {
  const [row] = await tx<{ source: string }[]>`
    SELECT source FROM onefold.write_keys WHERE hash = ${hash} AND revoked_at IS NULL`
  return row?.source
}
