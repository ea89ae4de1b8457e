import { chmod, mkdir, mkdtemp, readFile, realpath, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findServerUser, type ServerUser } from './find-server-user.ts'
import { isTraversableBy } from './is-traversable-by.ts'

/** Where a home keeps its PostgreSQL, and as whom it runs. */
export interface ClusterPlace {
  /** `<home>/postgres`: password, port, holders, lock and log, ours. */
  readonly folder: string
  /** Holds the data and, if the path is short enough, the socket; the server's. Mostly the same as `folder`. */
  readonly serverFolder: string
  readonly dataFolder: string
  readonly holdersFolder: string
  readonly passwordFile: string
  readonly portFile: string
  readonly logFile: string
  /** For a copy of the programs, reachable for the server's user. */
  readonly cacheFolder: string
  /** `undefined`: the server runs as ourselves. */
  readonly user: ServerUser | undefined
}

/** Where root keeps what `nobody` must reach. */
const SYSTEM_FOLDER = '/var/lib/onefold'

/**
 * Says where the cluster of a home is, and prepares the folder of the server. `folder` is `<home>/postgres` and
 * must exist. The data is in `<home>/postgres/data`, except when root starts the server and its user cannot reach
 * the home (/root, say): then in a folder of its own in /var/lib/onefold, remembered in `location.json`.
 * Call it under the start lock.
 */
export async function locateCluster(folder: string): Promise<ClusterPlace> {
  const serverFolder = (await readLocation(folder)) ?? (await chooseLocation(folder))
  const dataFolder = join(serverFolder, 'data')
  const user = await findServerUser(dataFolder)
  return {
    folder,
    serverFolder,
    dataFolder,
    holdersFolder: join(folder, 'holders'),
    passwordFile: join(folder, 'password'),
    portFile: join(folder, 'port'),
    logFile: join(folder, 'server.log'),
    cacheFolder: user === undefined ? folder : SYSTEM_FOLDER,
    user,
  }
}

async function readLocation(folder: string): Promise<string | undefined> {
  try {
    const { serverFolder } = JSON.parse(await readFile(join(folder, 'location.json'), 'utf8')) as {
      serverFolder: string
    }
    return serverFolder
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

async function chooseLocation(folder: string): Promise<string> {
  const user = await findServerUser(join(folder, 'data'))
  if (user === undefined || (await stat(join(folder, 'data')).catch(() => undefined)) !== undefined) return folder
  await chmod(folder, 0o711)
  if (await isTraversableBy(user, await realpath(folder))) return folder
  await mkdir(SYSTEM_FOLDER, { recursive: true })
  // A name of its own: a home that is removed and made again must not meet the data of the former one.
  const serverFolder = await mkdtemp(join(SYSTEM_FOLDER, 'home-'))
  // Whatever the umask: the server's user must be able to walk through.
  for (const step of [SYSTEM_FOLDER, serverFolder]) await chmod(step, 0o755)
  await writeFile(join(folder, 'location.json'), `${JSON.stringify({ serverFolder })}\n`)
  return serverFolder
}
