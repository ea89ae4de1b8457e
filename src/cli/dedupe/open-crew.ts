import type { Worker } from 'node:worker_threads'
import { OnefoldError } from '../../errors.ts'
import type { Crew } from '../../engine/crew.ts'
import type { Table } from '../../engine/table.ts'
import type { ThreadAnswer, ThreadWord } from './engine.thread.ts'
import { startThread } from '../../pipeline/start-thread.ts'
import type { Comparison } from '../../engine/comparison.ts'
import { openTask, type Task } from '../../engine/open-task.ts'
import { shareInts } from '../../engine/share-array.ts'
import { readColumns, type Reading } from './read-columns.ts'

/** This thread and others that work for it, until they are let go. */
export interface ThreadCrew extends Crew {
  readonly threads: number
  /** Does a reading in each thread, the first in this one. */
  readonly read: (
    readings: readonly Reading[],
    onRows: (rows: number) => void,
  ) => Promise<readonly (Table | undefined)[]>
  readonly end: () => Promise<void>
}

/**
 * Opens a crew of so many threads, this one counted: 1 starts none. End it when the work is done. `run` throws
 * `engine.thread_ended` (retryable) when a thread dies of itself.
 */
export function openCrew(threads: number): ThreadCrew {
  const ended = new Set<Worker>()
  const started = Array.from({ length: threads - 1 }, () => {
    const thread = startThread(new URL('./engine.thread.js', import.meta.url), {
      // Strings that are read once die young: with room for many few are ever copied.
      resourceLimits: { maxYoungGenerationSizeMb: 96 },
    })
    thread.worker.unref()
    thread.worker.once('exit', () => ended.add(thread.worker))
    return thread
  })
  const workers = started.map(({ worker }) => worker)
  const askAll = (wordOf: (worker: number) => ThreadWord): Promise<readonly unknown[]> => {
    const all = Promise.all(
      workers.map((worker, at) => (ended.has(worker) ? Promise.reject(threadEnded()) : ask(worker, wordOf(at)))),
    )
    // When this thread fails first, what others say then is of no interest.
    all.catch(() => undefined)
    return all
  }
  return {
    threads,
    read: async (readings, onRows) => {
      const others = askAll((worker) => ({ say: 'read', reading: readings[worker + 1]! }))
      const own = await readColumns(readings[0]!, onRows)
      return [own, ...((await others) as (Table | undefined)[])]
    },
    run: async <Result>(task: Task, jobs: number, opened?: readonly Comparison[], onJob?: (taken: number) => void) => {
      const results = new Array<Result>(jobs)
      const taken = shareInts(1)
      // Where one fails the others need not work on to the end.
      const stop = (): unknown => Atomics.store(taken, 0, jobs)
      const others = askAll(() => ({ say: 'work', task, jobs, taken }))
      others.catch(stop)
      try {
        let work: ((job: number) => unknown) | undefined
        for (let job = Atomics.add(taken, 0, 1); job < jobs; job = Atomics.add(taken, 0, 1)) {
          work ??= openTask(task, opened)
          results[job] = work(job) as Result
          onJob?.(Math.min(jobs, Atomics.load(taken, 0)))
        }
      } catch (failure) {
        stop()
        throw failure
      }
      for (const answer of (await others) as ThreadAnswer[]) {
        for (const [job, result] of answer) results[job] = result as Result
      }
      return results
    },
    end: async () => void (await Promise.all(started.map(({ end }) => end()))),
  }
}

function ask(worker: Worker, word: ThreadWord): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      worker.off('message', onMessage).off('error', onError).off('exit', onExit).unref()
    }
    const onMessage = (answer: unknown): void => {
      settle()
      resolve(answer)
    }
    const onError = (failure: Error): void => {
      settle()
      reject(failure)
    }
    const onExit = (): void => onError(threadEnded())
    worker.on('message', onMessage).on('error', onError).on('exit', onExit).ref()
    worker.postMessage(word, [])
  })
}

function threadEnded(): OnefoldError {
  return new OnefoldError('invariant', 'engine.thread_ended', 'A thread that compares records has ended.', {
    retryable: true,
  })
}
