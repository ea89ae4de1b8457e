import type { KeyKind } from '../../store/key/key.ts'
import type { Context } from '../context.ts'
import { hashToUuid } from '../hash-to-uuid.ts'

/** What is kept of a key: 122 bits of a keyed hash, of use to nobody who has only the database. */
export function hashKey({ keyring }: Pick<Context, 'keyring'>, kind: KeyKind, key: string): string {
  return hashToUuid(keyring.fingerprint, `${kind}_key`, key)
}
