import { hash } from 'node:crypto'
import type { HashKey } from './keyring.ts'

const PAD_BYTES = 64
const SCRATCH_TEXT_BYTES = 4096
const KEPT_BYTES = 16

// Filled and read within one synchronous call, so sharing it is safe. The key in front stays until another one comes.
const scratch = Buffer.alloc(PAD_BYTES + SCRATCH_TEXT_BYTES)
const scratchText = scratch.subarray(PAD_BYTES)
const encoder = new TextEncoder()
let inScratch: HashKey | undefined

/**
 * A keyed hash of 128 bits, as 16 characters of which each stands for a byte: SHA-256 over a block of key and the text's UTF-8 bytes, of which
 * the half is kept. Cutting takes away what extending a hash would need: "chop", Coron, Dodis, Malinaud & Puniya,
 * CRYPTO 2005. Half the price of HMAC, which hashes twice; for names made millions at a time. A lone surrogate hashes
 * as U+FFFD. 0.8 µs (Node 20.20, 2026).
 */
export function choppedDigest(key: HashKey, text: string): string {
  // UTF-8 needs at most three bytes a UTF-16 unit.
  if (text.length * 3 > SCRATCH_TEXT_BYTES)
    return hash('sha256', Buffer.concat([key.innerPad, Buffer.from(text, 'utf8')]), 'binary').slice(0, KEPT_BYTES)
  if (inScratch !== key) {
    scratch.set(key.innerPad)
    inScratch = key
  }
  const { written } = encoder.encodeInto(text, scratchText)
  return hash('sha256', scratch.subarray(0, PAD_BYTES + written), 'binary').slice(0, KEPT_BYTES)
}
