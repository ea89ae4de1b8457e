import { keyedHash } from './keyed-hash.ts'
import type { Keyring } from './keyring.ts'

/**
 * What one consumer calls a profile: `p_` and 32 hexadecimal digits, stable for a profile and a purpose.
 * Two purposes give names that cannot be joined without the key, nor traced back to the profile id.
 */
export function derivePseudonym(keyring: Keyring, profileId: string, purpose: string): string {
  // The length in front keeps ('ab', 'c') and ('a', 'bc') apart.
  return `p_${keyedHash(keyring.pseudonyms, `${purpose.length}:${purpose}:${profileId}`).toString('hex')}`
}
