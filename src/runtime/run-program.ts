import { spawn } from 'node:child_process'
import type { ServerUser } from './find-server-user.ts'

export interface ProgramOutcome {
  /** `null` when a signal ended it. */
  readonly exitCode: number | null
  /** Standard error and output, in the order they came. */
  readonly output: string
}

/**
 * Runs one of PostgreSQL's programs to its end, as the server's user when one is given.
 * The environment is nearly empty: PGDATA, PGPORT, LANG and the like of the caller must not leak in, and
 * messages come in English, because failures are recognised by them. Rejects only when it cannot be started.
 */
export function runProgram(
  program: string,
  args: readonly string[],
  { user, folder }: { user: ServerUser | undefined; folder: string },
): Promise<ProgramOutcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: folder,
      env: SERVER_ENVIRONMENT,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(user === undefined ? {} : { uid: user.uid, gid: user.gid }),
    })
    let output = ''
    const append = (text: string): void => void (output += text)
    child.stdout.setEncoding('utf8').on('data', append)
    child.stderr.setEncoding('utf8').on('data', append)
    child.once('error', reject)
    child.once('close', (exitCode) => resolve({ exitCode, output }))
  })
}

/** What PostgreSQL's programs see of the environment. */
export const SERVER_ENVIRONMENT = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }
