import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What a PostgreSQL server wrote about itself in its data folder. */
export interface PostmasterPid {
  readonly pid: number
  readonly port: number
  /** Empty when the server has no unix socket. */
  readonly socketFolder: string
  /** `starting`, `stopping`, `ready`, `standby`; empty while the server has not said. */
  readonly status: string
}

/**
 * Reads `postmaster.pid`; `undefined` when there is none or it is not yet complete.
 * The file outlives a killed server, so it says where a server would be, not that one is.
 * Lines 1, 4, 5 and 8 of the file: src/include/utils/pidfile.h of PostgreSQL 10 to 18.
 */
export async function readPostmasterPid(dataFolder: string): Promise<PostmasterPid | undefined> {
  let text: string
  try {
    text = await readFile(join(dataFolder, 'postmaster.pid'), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  const lines = text.split('\n')
  const pid = Math.abs(Number(lines[0]))
  const port = Number(lines[3])
  if (!Number.isInteger(pid) || pid === 0 || !Number.isInteger(port) || lines.length < 5) return undefined
  return { pid, port, socketFolder: lines[4] ?? '', status: (lines[7] ?? '').trim() }
}
