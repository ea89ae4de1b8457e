import { getPriority, setPriority } from 'node:os'
import { runProgram } from './run-program.ts'

/** Above the niceness of whoever starts the server: of a core that both want it gets about a quarter. */
const STEP = 5
const MOST_NICE = 19

/**
 * Lets a server that has just been started, and all processes that it will start, run after those that ask it. They share
 * the cores with one thread that everything goes through; a server woken by a statement takes that thread's core away in
 * the midst of sending. On Linux `chrt` also has the scheduler not let it break in (SCHED_BATCH, sched(7)), as is told of
 * pgbench since the Completely Fair Scheduler. Where one of the two is refused or missing the server runs without what is
 * left of them.
 */
export async function runBehind(pid: number, folder: string): Promise<void> {
  try {
    setPriority(pid, Math.min(MOST_NICE, getPriority() + STEP))
    await runProgram('chrt', ['--batch', '--pid', '0', String(pid)], { user: undefined, folder })
  } catch {
    // It ended, which whoever waits for it sees; or there is no such program.
  }
}
