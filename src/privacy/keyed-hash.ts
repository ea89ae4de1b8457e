import { keyedDigest } from './keyed-digest.ts'
import type { HashKey } from './keyring.ts'

/**
 * What a text is called when the text itself must not be stored: HMAC-SHA-256, cut to `bytes` (1 to 32).
 * Equal texts under equal keys give equal hashes; without the key nothing can be tried against them.
 * 16 bytes: two of a billion texts collide with a probability of about 1.5e-21 (birthday bound).
 * The caller puts the kind in front of the value (`email:…`), or values of different kinds would meet.
 */
export function keyedHash(key: HashKey, text: string, bytes = 16): Buffer {
  return Buffer.from(keyedDigest(key, text).slice(0, bytes), 'latin1')
}
