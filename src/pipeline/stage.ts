import type { JSONValue } from 'postgres'
import type { LeasedChunk } from '../store/run/chunk.ts'
import type { Run } from '../store/run/load-run.ts'
import type { Tx } from '../store/open-store.ts'
import type { Context } from './context.ts'

export type Reference = Readonly<Record<string, JSONValue>>

/**
 * One verb of the main path. `plan` cuts what is due into references; `work` does one of them, safe to repeat at
 * any point: everything it writes is in transactions that hold the lease, the last of which finishes the chunk.
 */
export interface Stage {
  readonly name: string
  plan(context: Context, tx: Tx, run: Run): Promise<readonly Reference[]>
  work(context: Context, chunk: LeasedChunk, signal: AbortSignal): Promise<void>
}
