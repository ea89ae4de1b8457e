import { Buffer } from 'node:buffer'
import { constants, gunzipSync } from 'node:zlib'
import { HEAD_BYTES } from './file-format.ts'

/** Deflate grows at most 1,032 times (zlib technical notes), so this much compressed text stays below 5 MB. */
const COMPRESSED_BYTES = 4096

/** The first decompressed bytes of a gzip file from its first compressed ones; empty when it is damaged. */
export function inflateHead(head: Buffer): Buffer {
  try {
    const text = gunzipSync(head.subarray(0, COMPRESSED_BYTES), { finishFlush: constants.Z_SYNC_FLUSH })
    return text.subarray(0, HEAD_BYTES)
  } catch {
    return Buffer.alloc(0)
  }
}
