import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { findProcessStart } from './find-process-start.ts'

/**
 * The process ids that hold the server, one per holder (a process may appear twice); empty when nobody does.
 * Holders that died without letting go, or whose process id now belongs to somebody else, are removed on the way.
 * Call it under the start lock.
 */
export async function findLivingHolders(holdersFolder: string): Promise<number[]> {
  const files = await readdir(holdersFolder).catch(() => [])
  const living: number[] = []
  for (const file of files) {
    const [pid, start] = file.split('-')
    if (pid !== undefined && start !== undefined && (await findProcessStart(Number(pid))) === start) {
      living.push(Number(pid))
    } else {
      await rm(join(holdersFolder, file), { force: true })
    }
  }
  return living
}
