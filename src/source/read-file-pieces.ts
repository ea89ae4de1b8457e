import { Buffer } from 'node:buffer'
import type { ReadableBytes } from './readable-bytes.ts'

/**
 * The bytes of a file from `start` on, read one piece at a time when asked for: nothing is read ahead, so a slow
 * consumer slows the reading. Every piece is a buffer of its own. Throws what `signal` was aborted with.
 */
export async function* readFilePieces(
  file: ReadableBytes,
  start: number,
  pieceBytes: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<Buffer> {
  let position = start
  for (;;) {
    signal?.throwIfAborted()
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafeSlow(pieceBytes), 0, pieceBytes, position)
    if (bytesRead === 0) return
    position += bytesRead
    yield buffer.subarray(0, bytesRead)
  }
}
