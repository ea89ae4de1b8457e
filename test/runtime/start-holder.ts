import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import type { OpenPostgresOptions } from '../../src/runtime/open-postgres.ts'

export interface Holder {
  readonly child: ChildProcess
  /** What the program said: an address, or the code of its error. */
  readonly answer: { url?: string; socketDir?: string; port?: number; code?: string; message?: string }
  /** Lets go and waits for the program's end. */
  end(): Promise<void>
  /** kill -9, and waits for the end. */
  kill(): Promise<void>
}

const PROGRAM = fileURLToPath(new URL('hold-postgres.ts', import.meta.url))

/** Another process that opens the server of `home`, as another user if told. Resolves once it has an answer. */
export async function startHolder(home: string, options: OpenPostgresOptions = {}, uid?: number): Promise<Holder> {
  const child = spawn(process.execPath, ['--import', 'tsx', PROGRAM, home, JSON.stringify(options)], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    stdio: ['pipe', 'pipe', 'inherit'],
    // No LANG, as under cron; no HOME that another user could not enter.
    env: { PATH: '/usr/local/bin:/usr/bin:/bin', HOME: '/nonexistent' },
    ...(uid === undefined ? {} : { uid, gid: uid }),
  })
  const ended = once(child, 'exit')
  onTestFinished(() => void child.kill('SIGKILL'))
  const line = await Promise.race([once(createInterface(child.stdout), 'line'), ended.then(() => ['{"code":"ended"}'])])
  return {
    child,
    answer: JSON.parse(String(line[0])) as Holder['answer'],
    end: async () => {
      child.stdin.end()
      await ended
    },
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}
