import { execFile } from 'node:child_process'
import { join } from 'node:path'

/** The program as built. */
export const MAIN = join(import.meta.dirname, '..', '..', 'dist', 'src', 'cli', 'main.js')

export interface CliResult {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs the built program (`npm test` builds it first) in a folder, with its home there unless told otherwise. */
export async function runCli(
  folder: string,
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<CliResult> {
  const { DATABASE_URL: _database, REDIS_URL: _redis, ONEFOLD_MASTER_KEY: _key, ...rest } = process.env
  const env = { ...rest, ONEFOLD_HOME: join(folder, 'home'), NO_COLOR: '1', ...variables }
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [MAIN, ...args], { cwd: folder, env, maxBuffer: 64e6 }, (error, stdout, stderr) => {
      if (error !== null && typeof error.code !== 'number') reject(error)
      else resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr })
    })
  })
}
