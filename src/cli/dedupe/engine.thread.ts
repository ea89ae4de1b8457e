import { parentPort } from 'node:worker_threads'
import { openTask, type Task } from '../../engine/open-task.ts'

/** Asks a thread to take jobs of a task, each the next that nobody has, until none is left. */
export interface ThreadTask {
  readonly task: Task
  readonly jobs: number
  /** How many jobs are taken, seen by all threads. */
  readonly taken: Int32Array
}

/** The jobs a thread has done, and what came of each. */
export type ThreadAnswer = readonly (readonly [job: number, result: unknown])[]

parentPort!.on('message', ({ task, jobs, taken }: ThreadTask) => {
  const done: [number, unknown][] = []
  let work: ((job: number) => unknown) | undefined
  for (let job = Atomics.add(taken, 0, 1); job < jobs; job = Atomics.add(taken, 0, 1)) {
    work ??= openTask(task)
    done.push([job, work(job)])
  }
  parentPort!.postMessage(done satisfies ThreadAnswer, [])
})
