import { deriveWrapPad } from './derive-wrap-pad.ts'
import { DATA_KEY_BYTES, KEY_CHECK_BYTES } from './envelope-layout.ts'

/**
 * The data key inside a wrapped one, or nothing when the sealing key is not the one it was wrapped by. A changed
 * key passes here and fails at the payload's tag.
 */
export function unwrapDataKey(sealKey: Uint8Array, nonce: Uint8Array, wrapped: Uint8Array): Buffer | undefined {
  const pad = deriveWrapPad(sealKey, nonce)
  let difference = 0
  for (let i = DATA_KEY_BYTES; i < DATA_KEY_BYTES + KEY_CHECK_BYTES; i++) difference |= wrapped[i]! ^ pad.charCodeAt(i)
  if (difference !== 0) return undefined
  const dataKey = Buffer.alloc(DATA_KEY_BYTES)
  for (let i = 0; i < DATA_KEY_BYTES; i++) dataKey[i] = wrapped[i]! ^ pad.charCodeAt(i)
  return dataKey
}
