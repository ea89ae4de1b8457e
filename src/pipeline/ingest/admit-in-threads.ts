import { availableParallelism } from 'node:os'
import { OnefoldError } from '../../errors.ts'
import { carryError, reviveError } from '../carry-error.ts'
import { startThread } from '../start-thread.ts'
import type { ThreadTask, ThreadWord } from './admit.thread.ts'
import { type AdmittedBatch, type Admission } from './admitted-batch.ts'
import type { Share } from './admit-batches.ts'

/** More than the database can take in from one connection are of no use. */
const JUDGES = Math.min(availableParallelism(), 3)

const SEED_BYTES = 32
/** Batches that a thread may be ahead: while one is written another waits, however long each takes. */
const AHEAD = 2

/** A thread that judges, as whoever asks for its batches sees it. */
interface Judge {
  /** Lets it judge one batch more. */
  permit(): void
  /** The next word it says. */
  hear(): Promise<ThreadWord>
  end(): Promise<void>
}

/**
 * The batches of `admitBatches`, judged by several threads in turns, so that judging uses the cores and talking to the
 * database goes on meanwhile. Each thread reads the whole file, which is a tenth of judging it. Each may be `AHEAD`
 * batches ahead. Same batches, same failures, in the same order for any number of threads; an abort, or leaving the loop, ends
 * them. Throws `admit.thread_ended` (retryable) when a thread dies of itself.
 */
export async function* admitInThreads(admission: Admission, threads = JUDGES): AsyncGenerator<AdmittedBatch> {
  const { signal, onNotice } = admission
  const judges = Array.from({ length: threads }, (_, index) => startJudge(admission, { index, of: threads }))
  try {
    for (const judge of judges) for (let ahead = 0; ahead < AHEAD; ahead++) judge.permit()
    for (let turn = 0; !signal.aborted;) {
      const judge = judges[turn % threads] as Judge
      const word = await judge.hear()
      if (word.say === 'notice') onNotice(word.notice)
      else if (word.say === 'batch') {
        judge.permit()
        yield word.batch
        turn++
      } else if (word.say === 'failure') throw reviveError(word.failure)
      else return
    }
  } finally {
    await Promise.all(judges.map((judge) => judge.end()))
  }
}

function startJudge({ keyring, delivery, input, checkpoint, random, signal }: Admission, share: Share): Judge {
  const task: ThreadTask = { keyring, delivery, input, checkpoint, share, seed: new Uint8Array(random(SEED_BYTES)) }
  const { worker, end } = startThread(new URL('./admit.thread.js', import.meta.url), {
    workerData: task,
    // Rows die young: with room for thousands of them few are ever copied.
    resourceLimits: { maxYoungGenerationSizeMb: 64 },
  })
  const words: ThreadWord[] = []
  let wake = (): void => {}
  const note = (word: ThreadWord): void => {
    words.push(word)
    wake()
  }
  const stop = (): void => note({ say: 'end' })
  worker.on('message', note)
  worker.on('error', (failure) => note({ say: 'failure', failure: carryError(failure) }))
  worker.on('exit', () => note({ say: 'failure', failure: carryError(threadEnded()) }))
  signal.addEventListener('abort', stop, { once: true })
  return {
    permit() {
      worker.postMessage('permit', [])
    },
    async hear() {
      while (words.length === 0) await new Promise<void>((resolve) => (wake = resolve))
      return words.shift() as ThreadWord
    },
    end() {
      signal.removeEventListener('abort', stop)
      return end()
    },
  }
}

function threadEnded(): OnefoldError {
  return new OnefoldError('store', 'admit.thread_ended', 'The thread that read the file has ended.', {
    retryable: true,
  })
}
