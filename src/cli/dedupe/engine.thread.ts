import { parentPort } from 'node:worker_threads'
import { openTask, type Task } from '../../engine/open-task.ts'
import { END } from '../../pipeline/start-thread.ts'
import { readColumns, type Reading } from './read-columns.ts'

/**
 * Asks a thread to take jobs of a task, each the next that nobody has, until none is left, or to read columns. `taken`
 * says how many jobs are, and all threads see it.
 */
export type ThreadWord =
  | { readonly say: 'work'; readonly task: Task; readonly jobs: number; readonly taken: Int32Array }
  | { readonly say: 'read'; readonly reading: Reading }

/** The jobs a thread has done, and what came of each. */
export type ThreadAnswer = readonly (readonly [job: number, result: unknown])[]

const port = parentPort!
port.on('message', (word: ThreadWord | typeof END) => {
  if (word === END) port.close()
  else if (word.say === 'work') port.postMessage(work(word), [])
  // A failure is the thread's: whoever waits for it is told.
  else void readColumns(word.reading).then((table) => port.postMessage(table, []))
})

function work({ task, jobs, taken }: Extract<ThreadWord, { say: 'work' }>): ThreadAnswer {
  const done: [number, unknown][] = []
  let workOn: ((job: number) => unknown) | undefined
  for (let job = Atomics.add(taken, 0, 1); job < jobs; job = Atomics.add(taken, 0, 1)) {
    workOn ??= openTask(task)
    done.push([job, workOn(job)])
  }
  return done
}
