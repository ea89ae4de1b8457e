import {
  CIPHERTEXT_START,
  ENVELOPE_VERSION,
  MIN_ENVELOPE_BYTES,
  NONCE_START,
  sealBroken,
  WRAPPED_KEY_START,
} from './envelope-layout.ts'
import type { Keyring } from './keyring.ts'
import { unwrapDataKey } from './unwrap-data-key.ts'
import { wrapDataKey } from './wrap-data-key.ts'

/**
 * The same envelope under a new sealing key: key rotation that never sees the payload.
 * Ciphertext, nonce and tag stay byte for byte; only the key id and the wrapped data key change.
 * Throws `seal.broken` (store) when the old keyring is not the one it was sealed with.
 */
export function rewrapEnvelope(oldKeyring: Keyring, newKeyring: Keyring, sealed: Uint8Array): Buffer {
  const rewrapped = Buffer.from(sealed)
  if (rewrapped.length < MIN_ENVELOPE_BYTES) throw sealBroken('length')
  if (rewrapped[0] !== ENVELOPE_VERSION) throw sealBroken('version')
  const keyId = rewrapped.readUInt8(1)
  if (keyId !== oldKeyring.keyId) throw sealBroken('key', keyId)
  const nonce = rewrapped.subarray(NONCE_START, CIPHERTEXT_START)
  const dataKey = unwrapDataKey(oldKeyring.seal, nonce, rewrapped.subarray(WRAPPED_KEY_START, NONCE_START))
  if (!dataKey) throw sealBroken('key', keyId)
  rewrapped.writeUInt8(newKeyring.keyId, 1)
  wrapDataKey(newKeyring.seal, nonce, dataKey, rewrapped, WRAPPED_KEY_START)
  return rewrapped
}
