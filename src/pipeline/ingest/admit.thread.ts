import { once } from 'node:events'
import { parentPort, workerData } from 'node:worker_threads'
import { OnefoldError } from '../../errors.ts'
import { admitBatches, type Share } from './admit-batches.ts'
import type { AdmittedBatch, Admission } from './admitted-batch.ts'
import type { FileNotice } from '../../source/read-options.ts'

/** What the thread is started with. */
export type ThreadTask = Pick<Admission, 'keyring' | 'delivery' | 'path' | 'checkpoint'> & { readonly share: Share }

/** What the thread says; it ends after `end` or `failure`. */
export type ThreadWord =
  | { readonly say: 'batch'; readonly batch: AdmittedBatch }
  | { readonly say: 'notice'; readonly notice: FileNotice }
  | { readonly say: 'failure'; readonly failure: unknown }
  | { readonly say: 'end' }

/** An error class does not survive the way between threads; its parts do. */
export type CarriedError = Pick<OnefoldError, 'kind' | 'code' | 'message' | 'retryable' | 'details' | 'hint'>

/*
 * Judges a share of a delivery in a thread of its own. Each message to it is a permit for one batch: the random bytes that
 * sealing it uses up. Without a permit it waits, so what lies between the threads is bounded.
 */
const port = parentPort
if (port !== null) {
  const permits: Uint8Array[] = []
  port.on('message', (permit: Uint8Array) => permits.push(permit))
  const say = (word: ThreadWord, moved: readonly ArrayBuffer[] = []): void => port.postMessage(word, moved)
  let unused: Buffer = Buffer.alloc(0)
  const random = (byteCount: number): Buffer => {
    if (byteCount > unused.length)
      throw new OnefoldError('invariant', 'admit.no_random', 'A batch used up its random bytes.')
    const given = unused.subarray(0, byteCount)
    unused = unused.subarray(byteCount)
    return given
  }
  const { share, ...task } = workerData as ThreadTask
  const signal = new AbortController().signal
  // All threads read the file; one tells what is odd about it.
  const onNotice = (notice: FileNotice): void => {
    if (share.index === 0) say({ say: 'notice', notice })
  }
  const batches = admitBatches({ ...task, random, signal, onNotice }, share)
  try {
    for (;;) {
      while (permits.length === 0) await once(port, 'message')
      const permit = permits.shift() as Uint8Array
      unused = Buffer.from(permit.buffer, permit.byteOffset, permit.byteLength)
      const step = await batches.next()
      if (step.done === true) break
      say({ say: 'batch', batch: step.value }, [step.value.sealed.buffer])
    }
    say({ say: 'end' })
  } catch (failure) {
    say({ say: 'failure', failure: failure instanceof OnefoldError ? carry(failure) : failure })
  }
  port.close()
}

function carry({ kind, code, message, retryable, details, hint }: OnefoldError): CarriedError {
  return { kind, code, message, retryable, details, hint }
}
