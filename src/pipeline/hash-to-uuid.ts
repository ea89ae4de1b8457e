import { keyedHash } from '../privacy/keyed-hash.ts'
import type { HashKey } from '../privacy/keyring.ts'

/**
 * A keyed hash in the form of a UUID (version 8, RFC 9562): 122 bits of HMAC-SHA-256 over purpose and parts.
 * Parts are length-prefixed, so `('ab', 'c')` and `('a', 'bc')` differ. Used for record ids, fingerprints and
 * hashed identifiers, so that whatever is said twice meets its own row without a look-up.
 */
export function hashToUuid(key: HashKey, purpose: string, ...parts: readonly string[]): string {
  let text = purpose
  for (const part of parts) text += `\u0000${part.length}:${part}`
  const hash = keyedHash(key, text)
  hash[6] = (hash[6]! & 0x0f) | 0x80
  hash[8] = (hash[8]! & 0x3f) | 0x80
  const hex = hash.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
