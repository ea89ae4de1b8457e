import type { Comparison } from './comparison.ts'
import { openTask, type Task } from './open-task.ts'

/** Whoever does the jobs of tasks: one thread or several. */
export interface Crew {
  /**
   * Does all jobs of a task and answers with what came of each, in their order: how many threads there are, and which
   * does what, does not show. `opened` are the comparisons this thread has already. `onJob` is told how many are taken.
   */
  readonly run: <Result>(
    task: Task,
    jobs: number,
    opened?: readonly Comparison[],
    onJob?: (taken: number) => void,
  ) => Promise<readonly Result[]>
}

/** A crew of this thread alone. */
export const ALONE: Crew = {
  run: async <Result>(task: Task, jobs: number, opened?: readonly Comparison[], onJob?: (taken: number) => void) => {
    const work = openTask(task, opened)
    return Array.from({ length: jobs }, (_, job) => {
      const result = work(job) as Result
      onJob?.(job + 1)
      return result
    })
  },
}
