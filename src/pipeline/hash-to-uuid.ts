import type { HashKey } from '../privacy/keyring.ts'
import { spellId } from '../store/uuid-column.ts'
import { hashToId } from './hash-to-id.ts'

/** What `hashToId` gives, in the form of a UUID (version 8, RFC 9562): 122 of its bits. */
export function hashToUuid(key: HashKey, purpose: string, ...parts: readonly string[]): string {
  return spellId(hashToId(key, purpose, ...parts))
}
