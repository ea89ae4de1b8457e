import type { ChunkRef } from '../src/store/run/chunk.ts'
import type { OnefoldQueue } from './queues.ts'

/** Rings for chunks, now or after a pause. Ringing twice is harmless. */
export async function ring(queue: OnefoldQueue, chunks: readonly ChunkRef[], delayMs = 0): Promise<void> {
  if (chunks.length === 0) return
  await queue.addBulk(
    chunks.map(({ runId, stage, chunkNo }) => ({
      name: 'chunk' as const,
      data: { runId, stage, chunkNo },
      ...(delayMs > 0 ? { opts: { delay: delayMs } } : {}),
    })),
  )
}
