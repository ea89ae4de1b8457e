import { createHash } from 'node:crypto'
import { chmod, chown, lstat, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ClusterPlace } from './locate-cluster.ts'

/**
 * The longest folder of a unix socket, in bytes. The kernel allows 103 (macOS) to 107 (Linux) for the whole path,
 * and `/.s.PGSQL.65535` takes 15 of them.
 */
const LONGEST_FOLDER_BYTES = 100 - 15

/**
 * Makes the folder of the server's unix socket, open to the server's user only, and answers its path: `run` beside
 * the data when that is short enough, else a short one in the system's temporary folder. Empty on Windows, where
 * Node cannot speak to such sockets. Sockets of a killed server are removed, because PostgreSQL refuses to start when
 * the process id in their lock file belongs to anybody by now. Call it when no server runs.
 */
export async function prepareSocketFolder(place: ClusterPlace): Promise<string> {
  if (process.platform === 'win32') return ''
  const near = join(place.serverFolder, 'run')
  if (Buffer.byteLength(near) <= LONGEST_FOLDER_BYTES) {
    await mkdir(near, { recursive: true, mode: 0o700 })
    return ownedByServer(near, place)
  }
  const name = createHash('sha256').update(place.dataFolder).digest('hex').slice(0, 12)
  const short = join(tmpdir(), `onefold-${name}`)
  await mkdir(short, { mode: 0o700 }).catch(() => undefined)
  // Anybody may have made a folder of this name in a shared place before us: use it only if it is ours.
  const found = await lstat(short).catch(() => undefined)
  const ours = found?.isDirectory() === true && [process.getuid?.(), place.user?.uid].includes(found.uid)
  return ownedByServer(ours ? short : await mkdtemp(join(tmpdir(), 'onefold-')), place)
}

async function ownedByServer(folder: string, { user }: ClusterPlace): Promise<string> {
  await chmod(folder, 0o700)
  for (const file of await readdir(folder)) {
    if (file.startsWith('.s.PGSQL.')) await rm(join(folder, file), { force: true })
  }
  if (user !== undefined) await chown(folder, user.uid, user.gid)
  return folder
}
