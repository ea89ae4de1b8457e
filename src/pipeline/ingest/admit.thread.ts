import { once } from 'node:events'
import { parentPort, workerData } from 'node:worker_threads'
import { OnefoldError } from '../../errors.ts'
import { admitBatches } from './admit-batches.ts'
import type { Admission } from './admitted-batch.ts'
import { packBatch, type PackedBatch } from './pack-batch.ts'
import type { FileNotice } from '../../source/read-options.ts'

/** What the thread is started with. */
export type ThreadTask = Pick<Admission, 'keyring' | 'delivery' | 'path' | 'checkpoint'>

/** What the thread says; it ends after `end` or `failure`. */
export type ThreadWord =
  | { readonly say: 'batch'; readonly batch: PackedBatch }
  | { readonly say: 'notice'; readonly notice: FileNotice }
  | { readonly say: 'failure'; readonly failure: unknown }
  | { readonly say: 'end' }

/** An error class does not survive the way between threads; its parts do. */
export type CarriedError = Pick<OnefoldError, 'kind' | 'code' | 'message' | 'retryable' | 'details' | 'hint'>

/*
 * Judges a delivery in a thread of its own. Each message to it is a permit for one batch: the random bytes that
 * sealing it uses up. Without a permit it waits, so what lies between the threads is bounded.
 */
const port = parentPort
if (port !== null) {
  const permits: Buffer[] = []
  port.on('message', (permit: Uint8Array) =>
    permits.push(Buffer.from(permit.buffer, permit.byteOffset, permit.byteLength)),
  )
  const say = (word: ThreadWord, moved: readonly ArrayBuffer[] = []): void => port.postMessage(word, moved)
  let permit: Buffer = Buffer.alloc(0)
  const random = (byteCount: number): Buffer => {
    if (byteCount > permit.length)
      throw new OnefoldError('invariant', 'admit.no_random', 'A batch used up its random bytes.')
    const given = permit.subarray(0, byteCount)
    permit = permit.subarray(byteCount)
    return given
  }
  const batches = admitBatches({
    ...(workerData as ThreadTask),
    random,
    signal: new AbortController().signal,
    onNotice: (notice) => say({ say: 'notice', notice }),
  })
  try {
    for (;;) {
      while (permits.length === 0) await once(port, 'message')
      permit = permits.shift() ?? permit
      const step = await batches.next()
      if (step.done === true) break
      const batch = packBatch(step.value)
      say({ say: 'batch', batch }, [batch.sealed.buffer])
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
