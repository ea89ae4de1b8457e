import { randomBytes } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findProcessStart } from './find-process-start.ts'

/**
 * Says that this process needs the server: an empty file `<pid>-<start>-<random>` in the holders' folder.
 * One process may hold several times; each call is a holder of its own. The answer takes the file away again
 * and may be called repeatedly.
 */
export async function registerHolder(holdersFolder: string): Promise<() => Promise<void>> {
  await mkdir(holdersFolder, { recursive: true, mode: 0o700 })
  const start = (await findProcessStart(process.pid)) ?? ''
  const file = join(holdersFolder, `${process.pid}-${start}-${randomBytes(4).toString('hex')}`)
  await writeFile(file, '', { flag: 'wx', mode: 0o600 })
  return () => rm(file, { force: true })
}
