import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

/**
 * When a process started, as a short word of letters and digits; `undefined` when no such process lives.
 * A process id alone is not an identity, because ids are reused: the pair (pid, start) is.
 * A zombie counts as dead: it has ended, only nobody has asked how (usual in containers without an init).
 * Linux: field 22 of /proc/<pid>/stat, clock ticks since boot (proc(5)). macOS: `ps -o lstart`. Windows knows
 * only whether the id is taken, and answers `alive`.
 */
export async function findProcessStart(pid: number): Promise<string | undefined> {
  if (process.platform === 'linux') return findLinuxProcessStart(pid)
  if (process.platform === 'win32') return isTaken(pid) ? 'alive' : undefined
  try {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'stat=,lstart=', '-p', String(pid)])
    const [state, ...start] = stdout.trim().split(/\s+/)
    return state === undefined || state.startsWith('Z') ? undefined : start.join('').replaceAll(/[^A-Za-z0-9]/g, '')
  } catch {
    return undefined
  }
}

async function findLinuxProcessStart(pid: number): Promise<string | undefined> {
  let stat: string
  try {
    stat = await readFile(`/proc/${pid}/stat`, 'utf8')
  } catch {
    return undefined
  }
  // The second field is the program's name in brackets and may itself hold blanks and brackets.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [state, start] = [fields[0], fields[19]]
  return state === 'Z' || state === 'X' ? undefined : start
}

function isTaken(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
