/** Names one chunk: what a job carries, and all it carries. */
export interface ChunkRef {
  readonly runId: string
  readonly stage: string
  readonly chunkNo: number
}

/** A chunk that this worker holds. `fence` goes with every write. */
export interface LeasedChunk extends ChunkRef {
  readonly fence: number
  readonly attempts: number
  readonly reference: Readonly<Record<string, unknown>>
  readonly checkpoint: Readonly<Record<string, unknown>> | null
}
