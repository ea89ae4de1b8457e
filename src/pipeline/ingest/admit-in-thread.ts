import { Worker } from 'node:worker_threads'
import { OnefoldError } from '../../errors.ts'
import type { CarriedError, ThreadTask, ThreadWord } from './admit.thread.ts'
import { type Admission, type AdmittedBatch, BATCH_RANDOM_BYTES } from './admitted-batch.ts'
import { unpackBatch } from './unpack-batch.ts'

/** Batches the thread may be ahead of whoever asks: one waits while one is judged. */
const AHEAD = 2

/**
 * The batches of `admitBatches`, judged in a thread of its own, so that talking to the database goes on meanwhile.
 * Same batches, same failures; an abort, or leaving the loop, ends the thread. Throws `admit.thread_ended` (retryable)
 * when the thread dies of itself.
 */
export async function* admitInThread(admission: Admission): AsyncGenerator<AdmittedBatch> {
  const { keyring, delivery, path, checkpoint, random, signal, onNotice } = admission
  const task: ThreadTask = { keyring, delivery, path, checkpoint }
  const thread = new Worker(new URL('./admit.thread.js', import.meta.url), {
    workerData: task,
    // Rows die young: with room for thousands of them few are ever copied.
    resourceLimits: { maxYoungGenerationSizeMb: 32 },
  })
  const words: ThreadWord[] = []
  let wake = (): void => {}
  const hear = (word: ThreadWord): void => {
    words.push(word)
    wake()
  }
  const stop = (): void => hear({ say: 'end' })
  thread.on('message', hear)
  thread.on('error', (failure) => hear({ say: 'failure', failure }))
  thread.on('exit', () => hear({ say: 'failure', failure: threadEnded() }))
  signal.addEventListener('abort', stop, { once: true })
  const permit = (): void => {
    const bytes = new Uint8Array(random(BATCH_RANDOM_BYTES))
    thread.postMessage(bytes, [bytes.buffer])
  }
  try {
    for (let i = 0; i < AHEAD; i++) permit()
    while (!signal.aborted) {
      const word = words.shift()
      if (word === undefined) await new Promise<void>((resolve) => (wake = resolve))
      else if (word.say === 'notice') onNotice(word.notice)
      else if (word.say === 'batch') {
        yield unpackBatch(word.batch)
        permit()
      } else if (word.say === 'failure') throw revive(word.failure)
      else return
    }
  } finally {
    signal.removeEventListener('abort', stop)
    await thread.terminate()
  }
}

function threadEnded(): OnefoldError {
  return new OnefoldError('store', 'admit.thread_ended', 'The thread that read the file has ended.', {
    retryable: true,
  })
}

function revive(failure: unknown): unknown {
  if (failure instanceof Error || typeof failure !== 'object' || failure === null || !('code' in failure))
    return failure
  const { kind, code, message, retryable, details, hint } = failure as CarriedError
  return new OnefoldError(kind, code, message, {
    retryable,
    details: { ...details },
    ...(hint === undefined ? {} : { hint }),
  })
}
