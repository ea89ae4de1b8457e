import { keyedDigest } from './keyed-digest.ts'
import type { HashKey } from './keyring.ts'

const scratch = new DataView(new ArrayBuffer(8))

/**
 * The first 8 bytes of `keyedHash` as a signed integer, for PostgreSQL's `bigint`.
 * Good for blocking keys, where a collision only adds a candidate: of a hundred million keys about 0.03 % of runs
 * see one (birthday bound, n²/2^65). Never an identity.
 */
export function keyedHash64(key: HashKey, text: string): bigint {
  const digest = keyedDigest(key, text)
  for (let at = 0; at < 8; at++) scratch.setUint8(at, digest.charCodeAt(at))
  return scratch.getBigInt64(0)
}
