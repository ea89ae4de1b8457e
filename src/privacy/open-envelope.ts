import { createDecipheriv } from 'node:crypto'
import {
  CIPHERTEXT_START,
  ENVELOPE_VERSION,
  MIN_ENVELOPE_BYTES,
  NONCE_START,
  sealBroken,
  TAG_BYTES,
  WRAPPED_KEY_START,
} from './envelope-layout.ts'
import type { Keyring } from './keyring.ts'
import { unwrapDataKey } from './unwrap-data-key.ts'

/**
 * The payload of an envelope sealed by the same keyring for the same place.
 * Throws `seal.broken` (store) for another key, another `aad`, or any changed, missing or added byte;
 * `details` says which part failed and never what was inside.
 */
export function openEnvelope(keyring: Keyring, sealed: Uint8Array, aad: string): Buffer {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength)
  if (bytes.length < MIN_ENVELOPE_BYTES) throw sealBroken('length')
  if (bytes[0] !== ENVELOPE_VERSION) throw sealBroken('version')
  const keyId = bytes.readUInt8(1)
  if (keyId !== keyring.keyId) throw sealBroken('key', keyId)
  const nonce = bytes.subarray(NONCE_START, CIPHERTEXT_START)
  const dataKey = unwrapDataKey(keyring.seal, nonce, bytes.subarray(WRAPPED_KEY_START, NONCE_START))
  if (!dataKey) throw sealBroken('key', keyId)
  const tagStart = bytes.length - TAG_BYTES
  const decipher = createDecipheriv('aes-256-gcm', dataKey, nonce)
  decipher.setAAD(Buffer.from(aad, 'utf8'))
  decipher.setAuthTag(bytes.subarray(tagStart))
  const payload = decipher.update(bytes.subarray(CIPHERTEXT_START, tagStart))
  try {
    decipher.final()
  } catch {
    // OpenSSL's own error says no more than that the tag differs.
    throw sealBroken('content', keyId)
  }
  return payload
}
