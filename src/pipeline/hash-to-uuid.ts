import { choppedDigest } from '../privacy/chopped-digest.ts'
import type { HashKey } from '../privacy/keyring.ts'

/**
 * A keyed hash in the form of a UUID (version 8, RFC 9562): 122 bits of a keyed hash of purpose and parts.
 * Parts are length-prefixed, so `('ab', 'c')` and `('a', 'bc')` differ. Used for record ids, fingerprints and
 * hashed identifiers, so that whatever is said twice meets its own row without a look-up.
 */
export function hashToUuid(key: HashKey, purpose: string, ...parts: readonly string[]): string {
  let text = purpose
  for (const part of parts) text += `\u0000${part.length}:${part}`
  const hex = choppedDigest(key, text)
  // Version 8, and the variant in the upper two bits of the ninth byte.
  const variant = VARIANTS[Number.parseInt(hex.charAt(16), 16) & 3] ?? '8'
  const groups = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    variant + hex.slice(17, 20),
    hex.slice(20, 32),
  ]
  // Joined rather than concatenated: thousands of ids wait at a time, and one flat string is a fifth of a rope of ten.
  return groups.join('-')
}

const VARIANTS = '89ab'
