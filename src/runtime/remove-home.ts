import { existsSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { OnefoldError } from '../errors.ts'
import { openPostgres } from './open-postgres.ts'

/**
 * Removes a home with everything in it: its database (stopped first, wherever it lies), keys and files. For demos and
 * tests; there is no way back. A home that is not there is fine. Throws `home.in_use` (conflict) while another process
 * holds its database.
 */
export async function removeHome(home: string): Promise<void> {
  const folder = join(home, 'postgres')
  const location = await readFile(join(folder, 'location.json'), 'utf8').catch(() => undefined)
  const serverFolder = location === undefined ? folder : (JSON.parse(location) as { serverFolder: string }).serverFolder
  if (existsSync(join(folder, 'password'))) await (await openPostgres(home)).release()
  if (existsSync(join(serverFolder, 'data', 'postmaster.pid'))) {
    throw new OnefoldError('conflict', 'home.in_use', 'Another process uses the database of this home.', {
      hint: 'Stop it (`onefold up` or a worker, perhaps), then try again.',
    })
  }
  await rm(serverFolder, { recursive: true, force: true })
  await rm(home, { recursive: true, force: true })
}
