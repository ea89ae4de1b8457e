import { spellArray } from './spell-array.ts'

/** Several blobs as one parameter, and where in it each begins (from 1) and how long it is, as arrays. */
export interface PackedBlobs {
  readonly base64: string
  readonly starts: string
  readonly sizes: string
}

/**
 * Packs blobs so that the server gets them apart again: `decode(${base64}, 'base64')`, then
 * `substring(bytes FROM start FOR size)` with `${starts}::int[]` and `${sizes}::int[]`. An array of bytea would be
 * escaped and parsed byte by byte; base64, since the driver copies bytes twice and doubles them in hexadecimal: 4 µs
 * less a blob of 650 bytes (Node 20.20, 2026).
 */
export function packBlobs(blobs: readonly Uint8Array[]): PackedBlobs {
  const sizes = blobs.map((blob) => blob.length)
  let end = 1
  const starts = sizes.map((size) => (end += size) - size)
  return { base64: Buffer.concat(blobs).toString('base64'), starts: spellArray(starts), sizes: spellArray(sizes) }
}
