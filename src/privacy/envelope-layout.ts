import { OnefoldError } from '../errors.ts'

/** `[version][key id][wrapped data key][nonce][ciphertext][tag]` */
export const ENVELOPE_VERSION = 1
export const DATA_KEY_BYTES = 32
/** Tells a wrong sealing key from the right one: passes by chance once in 2^64. */
export const KEY_CHECK_BYTES = 8
const WRAPPED_KEY_BYTES = DATA_KEY_BYTES + KEY_CHECK_BYTES
/** NIST SP 800-38D (2007): 96-bit nonces and 128-bit tags. */
export const NONCE_BYTES = 12
export const TAG_BYTES = 16
export const WRAPPED_KEY_START = 2
export const NONCE_START = WRAPPED_KEY_START + WRAPPED_KEY_BYTES
export const CIPHERTEXT_START = NONCE_START + NONCE_BYTES
export const MIN_ENVELOPE_BYTES = CIPHERTEXT_START + TAG_BYTES

/** The one answer to every envelope that does not open: whatever is wrong with it, its content cannot be trusted. */
export function sealBroken(reason: 'length' | 'version' | 'key' | 'content', envelopeKeyId = -1): OnefoldError {
  return new OnefoldError('store', 'seal.broken', 'A sealed value does not open.', {
    details: { reason, envelopeKeyId },
    hint: 'Check that the master key is the one the value was sealed with.',
  })
}
