import { hash } from 'node:crypto'
import type { HashKey } from './keyring.ts'

const BLOCK_BYTES = 64

/**
 * Prepares a secret of any length for `keyedHash`.
 * A key above 64 bytes, SHA-256's block, is hashed first (RFC 2104, 1997).
 */
export function deriveHashKey(secret: Uint8Array): HashKey {
  const short = secret.length > BLOCK_BYTES ? hash('sha256', secret, 'buffer') : secret
  const innerPad = Buffer.alloc(BLOCK_BYTES, 0x36)
  const outerPad = Buffer.alloc(BLOCK_BYTES, 0x5c)
  for (const [index, byte] of short.entries()) {
    innerPad[index] = byte ^ 0x36
    outerPad[index] = byte ^ 0x5c
  }
  return { innerPad, outerPad }
}
