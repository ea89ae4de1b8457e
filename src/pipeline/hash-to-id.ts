import { choppedDigest } from '../privacy/chopped-digest.ts'
import type { HashKey } from '../privacy/keyring.ts'

/**
 * A keyed hash as an id of 16 characters, each of them a byte: 128 bits of a keyed hash of purpose and parts. Parts are
 * length-prefixed, so `('ab', 'c')` and `('a', 'bc')` differ. Used for record ids, fingerprints and hashed identifiers,
 * so that whatever is said twice meets its own row without a look-up. `writeId` and `spellId` make a UUID of it.
 */
export function hashToId(key: HashKey, purpose: string, ...parts: readonly string[]): string {
  let text = purpose
  for (const part of parts) text += `\u0000${part.length}:${part}`
  return choppedDigest(key, text)
}
