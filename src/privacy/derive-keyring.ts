import { hkdfSync } from 'node:crypto'
import { OnefoldError } from '../errors.ts'
import { deriveHashKey } from './derive-hash-key.ts'
import type { Keyring } from './keyring.ts'

const MASTER_KEY_BYTES = 32

/**
 * The secrets of one installation, each derived from the master key by HKDF-SHA-256 (RFC 5869) under its own name.
 * The same keys always give the same keyring. After a rotation `hashingKey` stays the former master key: envelopes
 * are re-wrapped under the new one, while stored hashes and pseudonyms, which no one can re-wrap, stay valid.
 * Throws `master_key.wrong_length` (settings) unless both keys are 32 bytes.
 */
export function deriveKeyring(masterKey: Uint8Array, hashingKey: Uint8Array = masterKey): Keyring {
  for (const key of [masterKey, hashingKey]) {
    if (key.length !== MASTER_KEY_BYTES) {
      throw new OnefoldError('settings', 'master_key.wrong_length', 'The master key has the wrong length.', {
        details: { bytes: key.length, expectedBytes: MASTER_KEY_BYTES },
        hint: 'Give 32 random bytes, for example from `openssl rand -base64 32`.',
      })
    }
  }
  return {
    keyId: derive(masterKey, 'key-id', 1).readUInt8(0),
    seal: derive(masterKey, 'seal', 32),
    identifiers: deriveHashKey(derive(hashingKey, 'identifiers', 32)),
    blocking: deriveHashKey(derive(hashingKey, 'blocking', 32)),
    fingerprint: deriveHashKey(derive(hashingKey, 'fingerprint', 32)),
    pseudonyms: deriveHashKey(derive(hashingKey, 'pseudonyms', 32)),
    audit: deriveHashKey(derive(hashingKey, 'audit', 32)),
    webhooks: deriveHashKey(derive(hashingKey, 'webhooks', 32)),
  }
}

function derive(key: Uint8Array, purpose: string, bytes: number): Buffer {
  return Buffer.from(hkdfSync('sha256', key, new Uint8Array(0), `onefold/v1/${purpose}`, bytes))
}
