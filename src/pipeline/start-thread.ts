import { Worker, type WorkerOptions } from 'node:worker_threads'

/** The message by which a thread is asked to end; its code then closes its port. */
export const END = 'end'

/** A thread, and the way to end it. */
export interface Thread {
  readonly worker: Worker
  /** Asks it to end, and waits until it is gone. */
  readonly end: () => Promise<void>
}

/**
 * Starts a thread of compiled code, which closes its port when it gets `END`. It is never ended from outside: Node 20.20
 * waits for V8's compiler when a thread's loop runs empty, but not when it is terminated, nor when its environment is
 * freed (`SpinEventLoopInternal` and `FreeEnvironment` of that version), and a compiler that is still at work for a
 * thread that is gone ends the process by an assertion (`NodePlatform::ForIsolate`), which was met twice.
 */
export function startThread(code: URL, options: WorkerOptions): Thread {
  const worker = new Worker(code, options)
  const gone = new Promise<void>((resolve) => {
    worker.once('exit', () => resolve())
  })
  return {
    worker,
    end: async () => {
      worker.ref()
      worker.postMessage(END, [])
      await gone
    },
  }
}
