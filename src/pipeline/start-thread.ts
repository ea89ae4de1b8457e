import { Worker, type WorkerOptions } from 'node:worker_threads'

/** A thread, and the way to end it. */
export interface Thread {
  readonly worker: Worker
  /** Ends it, whatever it does, once its own code has begun to run or it is gone. */
  readonly end: () => Promise<void>
}

/**
 * Starts a thread of compiled code. It is never ended while it starts: Node 20.20 then lets go of it without waiting for
 * V8's compiler, as it does later (`src/node_worker.cc`: no environment, no draining of tasks), and a compiler still at
 * work for a thread that is gone ends the process by an assertion (`NodePlatform::ForIsolate`), which was met once.
 */
export function startThread(code: URL, options: WorkerOptions): Thread {
  const worker = new Worker(code, options)
  const begun = new Promise<void>((resolve) => {
    worker.once('online', resolve).once('exit', resolve)
  })
  return {
    worker,
    end: async () => {
      worker.ref()
      await begun
      await worker.terminate()
    },
  }
}
