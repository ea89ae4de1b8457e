import { execFile } from 'node:child_process'
import { readlink, realpath } from 'node:fs/promises'
import { promisify } from 'node:util'
import { findProcessStart } from './find-process-start.ts'

/**
 * Whether process `pid` lives and is the PostgreSQL server of this data folder, and not a stranger that got
 * the id of a dead server. Linux: a server's working directory is its data folder. Elsewhere: its command line.
 */
export async function isPostmasterOf(pid: number, dataFolder: string): Promise<boolean> {
  if ((await findProcessStart(pid)) === undefined) return false
  if (process.platform === 'win32') return true
  if (process.platform === 'linux') {
    try {
      return (await readlink(`/proc/${pid}/cwd`)) === (await realpath(dataFolder))
    } catch {
      // Another user's process: its working directory is not ours to see, its command line is.
    }
  }
  try {
    const { stdout } = await promisify(execFile)('ps', ['-ww', '-o', 'command=', '-p', String(pid)])
    return stdout.includes('postgres') && stdout.includes(dataFolder)
  } catch {
    return false
  }
}
