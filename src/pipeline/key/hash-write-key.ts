import type { Context } from '../context.ts'
import { hashToUuid } from '../hash-to-uuid.ts'

/** What is kept of a write key: 122 bits of a keyed hash, of use to nobody who has only the database. */
export function hashWriteKey({ keyring }: Pick<Context, 'keyring'>, key: string): string {
  return hashToUuid(keyring.fingerprint, 'write_key', key)
}
