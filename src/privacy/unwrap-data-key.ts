import { createDecipheriv } from 'node:crypto'
import { DATA_KEY_BYTES } from './envelope-layout.ts'

const KEY_WRAP_IV = Buffer.from('a6a6a6a6a6a6a6a6', 'hex')

/** The data key inside a wrapped one (RFC 3394), or nothing when the sealing key is another or a bit was changed. */
export function unwrapDataKey(sealKey: Buffer, wrapped: Uint8Array): Buffer | undefined {
  try {
    const dataKey = createDecipheriv('id-aes256-wrap', sealKey, KEY_WRAP_IV).update(wrapped)
    return dataKey.length === DATA_KEY_BYTES ? dataKey : undefined
  } catch {
    // OpenSSL throws on a failed integrity check; the caller names the failure.
    return undefined
  }
}
