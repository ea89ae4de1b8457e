import { setMaxListeners } from 'node:events'
import { getHeapStatistics } from 'node:v8'
import { OnefoldError } from '../src/errors.ts'
import { reviveError } from '../src/pipeline/carry-error.ts'
import type { Context } from '../src/pipeline/context.ts'
import { type ChunkOutcome, giveBackHeld, runChunk } from '../src/pipeline/run-chunk.ts'
import { startThread } from '../src/pipeline/start-thread.ts'
import type { ContextParts } from '../src/runtime/open-context.ts'
import type { ChunkRef } from '../src/store/run/chunk.ts'
import { translateError } from '../src/store/translate-error.ts'
import type { ThreadAnswer, ThreadTask, ThreadWord } from './chunk.thread.ts'

const THREAD_ENDED = 'chunk.thread_ended'

/** Does one chunk, wherever; throws what `runChunk` throws. What a thread held that dies is given back as failed. */
export type RunChunk = (ref: ChunkRef) => Promise<ChunkOutcome>

/** This thread and others, for the chunks of one worker. */
export interface ChunkThreads {
  readonly run: RunChunk
  /** Ends the threads; their chunks are to be done before. */
  close(): Promise<void>
}

/** A thread, as whoever gives it chunks sees it. */
interface ChunkThread {
  readonly run: RunChunk
  readonly end: () => Promise<void>
}

/**
 * Does chunks in this thread, and in `most` others as well once there are more at a time: one thread computes on one core, so
 * that of two chunks one waits whenever both compute (sessions of 5,000,000 events made anew on two cores, which were idle for 22 %
 * of it and 5 % with a second thread, 2026). Each is started when it is first wanted, and what is due until it is ready is
 * done here. An abort has all chunks handed back at their next batch.
 */
export function openChunkThreads(
  context: Context,
  others: { readonly parts: ContextParts; readonly most: number } | undefined,
  leaseMs: number,
  signal: AbortSignal,
): ChunkThreads {
  const idle = new Set<ChunkThread>()
  const all = new Set<ChunkThread>()
  let here = 0
  // Each thread has one of its own.
  setMaxListeners(0, signal)
  const start = (parts: ContextParts): void => {
    const thread = startChunkThread(context, { parts, leaseMs }, signal, {
      onIdle: () => idle.add(thread),
      onEnd: () => {
        all.delete(thread)
        idle.delete(thread)
      },
    })
    all.add(thread)
  }
  return {
    run: async (ref) => {
      const [thread] = idle
      if (thread !== undefined) {
        idle.delete(thread)
        return thread.run(ref).catch((failure: unknown) => {
          if (translateError(failure).code !== THREAD_ENDED) throw failure
          return giveBackHeld(context, ref, failure)
        })
      }
      if (here > 0 && others !== undefined && all.size < others.most && !signal.aborted) start(others.parts)
      here++
      try {
        return await runChunk(context, ref, signal, leaseMs)
      } finally {
        here--
      }
    },
    close: async () => {
      await Promise.all([...all].map((thread) => thread.end()))
    },
  }
}

function startChunkThread(
  context: Context,
  task: ThreadTask,
  signal: AbortSignal,
  on: { readonly onIdle: () => void; readonly onEnd: () => void },
): ChunkThread {
  const { worker, end } = startThread(new URL('./chunk.thread.js', import.meta.url), {
    workerData: task,
    // As much as the program's own.
    resourceLimits: { maxOldGenerationSizeMb: getHeapStatistics().heap_size_limit / 2 ** 20 },
  })
  let waiting: { resolve(outcome: ChunkOutcome): void; reject(failure: OnefoldError): void } | undefined
  const tell = (word: ThreadWord): void => worker.postMessage(word, [])
  const stop = (): void => tell('stop')
  if (signal.aborted) stop()
  signal.addEventListener('abort', stop, { once: true })
  worker.on('message', (answer: ThreadAnswer) => {
    if (answer.say === 'log') return context.log[answer.level](...answer.line)
    on.onIdle()
    if (answer.say === 'ready') context.log.info({ thread: worker.threadId }, 'a thread for chunks is ready')
    else if (answer.say === 'outcome') waiting?.resolve(answer.outcome)
    else waiting?.reject(reviveError(answer.failure))
  })
  worker.on('error', (failure: NodeJS.ErrnoException) => {
    const { code, details } = translateError(failure)
    const isMemory = failure.code === 'ERR_WORKER_OUT_OF_MEMORY'
    context.log.warn({ code: isMemory ? 'chunk.out_of_memory' : code, ...details }, 'a thread for chunks has failed')
  })
  worker.on('exit', () => {
    signal.removeEventListener('abort', stop)
    on.onEnd()
    waiting?.reject(threadEnded())
  })
  return {
    run: (ref) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject }
        tell(ref)
      }),
    end,
  }
}

function threadEnded(): OnefoldError {
  return new OnefoldError('store', THREAD_ENDED, 'The thread that did a chunk has ended.', { retryable: true })
}
