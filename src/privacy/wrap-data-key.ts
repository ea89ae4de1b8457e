import { deriveWrapPad } from './derive-wrap-pad.ts'
import { DATA_KEY_BYTES, KEY_CHECK_BYTES } from './envelope-layout.ts'

/**
 * Writes a data key into an envelope as it may be stored: xor the first 32 bytes of a pad that only the sealing key
 * gives for this nonce; the 8 bytes behind, also of the pad, tell whether a sealing key is the right one.
 * The nonce is the envelope's own and random. Two of 2^32 envelopes share one with a probability of 2^-33 (birthday
 * bound, 96 bits), and then only the xor of two random keys shows, which gives neither. A changed bit yields another
 * data key, which the payload's tag refuses.
 */
export function wrapDataKey(
  sealKey: Uint8Array,
  nonce: Uint8Array,
  dataKey: Uint8Array,
  target: Buffer,
  at: number,
): void {
  const pad = deriveWrapPad(sealKey, nonce)
  for (let i = 0; i < DATA_KEY_BYTES; i++) target[at + i] = dataKey[i]! ^ pad.charCodeAt(i)
  target.write(pad.slice(DATA_KEY_BYTES, DATA_KEY_BYTES + KEY_CHECK_BYTES), at + DATA_KEY_BYTES, 'latin1')
}
