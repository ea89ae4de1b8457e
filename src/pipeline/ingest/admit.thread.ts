import { once } from 'node:events'
import { parentPort, workerData } from 'node:worker_threads'
import { admitBatches, type Share } from './admit-batches.ts'
import type { AdmittedBatch, Admission } from './admitted-batch.ts'
import { stretchRandom } from '../../privacy/stretch-random.ts'
import type { FileNotice } from '../../source/read-options.ts'
import { type CarriedError, carryError } from '../carry-error.ts'
import { END } from '../start-thread.ts'

/** What the thread is started with. */
export type ThreadTask = Pick<Admission, 'keyring' | 'delivery' | 'input' | 'checkpoint'> & {
  readonly share: Share
  /** 32 unpredictable bytes that sealing draws on. */
  readonly seed: Uint8Array
}

/** What the thread says; it ends after `end` or `failure`. */
export type ThreadWord =
  | { readonly say: 'batch'; readonly batch: AdmittedBatch }
  | { readonly say: 'notice'; readonly notice: FileNotice }
  | { readonly say: 'failure'; readonly failure: CarriedError }
  | { readonly say: 'end' }

/*
 * Judges a share of a delivery in a thread of its own. Each message to it but `END` is a permit for one batch; without one
 * it waits, so what lies between the threads is bounded.
 */
const port = parentPort
if (port !== null) {
  const given = { permits: 0 }
  const ending = new AbortController()
  port.on('message', (word: unknown) => {
    if (word === END) ending.abort()
    given.permits++
  })
  const say = (word: ThreadWord, moved: readonly ArrayBuffer[] = []): void => port.postMessage(word, moved)
  const { share, seed, ...task } = workerData as ThreadTask
  // All threads read the file; one tells what is odd about it.
  const onNotice = (notice: FileNotice): void => {
    if (share.index === 0) say({ say: 'notice', notice })
  }
  const batches = admitBatches({ ...task, random: stretchRandom(seed), signal: ending.signal, onNotice }, share)
  try {
    for (;;) {
      while (given.permits === 0) await once(port, 'message')
      given.permits--
      const step = await batches.next()
      if (step.done === true) break
      say({ say: 'batch', batch: step.value }, [step.value.sealed.buffer])
    }
    say({ say: 'end' })
  } catch (failure) {
    say({ say: 'failure', failure: carryError(failure) })
  }
  port.close()
}
