import { parentPort, workerData } from 'node:worker_threads'
import { type CarriedError, carryError } from '../src/pipeline/carry-error.ts'
import type { Log } from '../src/pipeline/context.ts'
import { type ChunkOutcome, runChunk } from '../src/pipeline/run-chunk.ts'
import { END } from '../src/pipeline/start-thread.ts'
import { type ContextParts, openContext } from '../src/runtime/open-context.ts'
import type { ChunkRef } from '../src/store/run/chunk.ts'

/** What the thread is started with. */
export interface ThreadTask {
  readonly parts: ContextParts
  readonly leaseMs: number
}

/** What the thread is told besides `END`: a chunk to do, one at a time, or to hand back what it is at. */
export type ThreadWord = ChunkRef | 'stop'

/** What the thread says: that it may be given a chunk, what became of it, and lines for the log. */
export type ThreadAnswer =
  | { readonly say: 'ready' }
  | { readonly say: 'outcome'; readonly outcome: ChunkOutcome }
  | { readonly say: 'failure'; readonly failure: CarriedError }
  | { readonly say: 'log'; readonly level: keyof Log; readonly line: Parameters<Log['info']> }

/* Does chunks in a thread of its own, so that computing uses more cores than one. */
const port = parentPort
if (port !== null) {
  const { parts, leaseMs } = workerData as ThreadTask
  const say = (answer: ThreadAnswer): void => port.postMessage(answer, [])
  const context = openContext(parts, {
    info: (...line) => say({ say: 'log', level: 'info', line }),
    warn: (...line) => say({ say: 'log', level: 'warn', line }),
  })
  const stopping = new AbortController()
  port.on('message', (word: ThreadWord | typeof END) => {
    if (word === END) void context.store.close().finally(() => port.close())
    else if (word === 'stop') stopping.abort()
    else {
      runChunk(context, word, stopping.signal, leaseMs).then(
        (outcome) => say({ say: 'outcome', outcome }),
        (failure: unknown) => say({ say: 'failure', failure: carryError(failure) }),
      )
    }
  })
  say({ say: 'ready' })
}
