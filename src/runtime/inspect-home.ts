import { access, constants, readFile, stat, statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** What can be said of a home folder by looking only. */
export interface HomeState {
  readonly exists: boolean
  readonly writable: boolean
  /** Whether others than the owner may list or enter it; false where there are no such modes. */
  readonly isOpenToOthers: boolean
  /** Of the disk that it is or would be on. */
  readonly freeBytes: number
  readonly hasCluster: boolean
  /** Undefined when the home holds no key. */
  readonly masterKey: { readonly file: string; readonly isPrivate: boolean; readonly isReadable: boolean } | undefined
}

/** Looks at a home folder and makes nothing. */
export async function inspectHome(home: string): Promise<HomeState> {
  const found = await stat(home).catch(() => undefined)
  const { bavail, bsize } = await statfs(await nearestFolder(home))
  const file = join(home, 'master.key')
  const key = await stat(file).catch(() => undefined)
  return {
    exists: found?.isDirectory() === true,
    writable: found !== undefined && (await may(home, constants.W_OK)),
    isOpenToOthers: found !== undefined && process.platform !== 'win32' && (found.mode & 0o066) !== 0,
    freeBytes: bavail * bsize,
    hasCluster: (await stat(join(home, 'postgres', 'password')).catch(() => undefined)) !== undefined,
    masterKey:
      key === undefined
        ? undefined
        : {
            file,
            isPrivate: process.platform === 'win32' || (key.mode & 0o077) === 0,
            isReadable: (await readFile(file).catch(() => undefined)) !== undefined,
          },
  }
}

/** The folder itself, or the nearest one above that is there. */
async function nearestFolder(folder: string): Promise<string> {
  if ((await stat(folder).catch(() => undefined)) !== undefined || dirname(folder) === folder) return folder
  return nearestFolder(dirname(folder))
}

async function may(path: string, mode: number): Promise<boolean> {
  return access(path, mode).then(
    () => true,
    () => false,
  )
}
