import { stat } from 'node:fs/promises'

export interface ServerUser {
  readonly uid: number
  readonly gid: number
}

/** `nobody`: the one ordinary user that Debian, Fedora, Alpine and Arch all have under this number. */
const NOBODY: ServerUser = { uid: 65534, gid: 65534 }

/**
 * As whom the server runs; `undefined` means as ourselves. PostgreSQL refuses to run as root and needs a user
 * that the system knows by name, so root hands over to the owner of the data folder, or to `nobody` at first.
 */
export async function findServerUser(dataFolder: string): Promise<ServerUser | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const owner = await stat(dataFolder).catch(() => undefined)
  return owner === undefined || owner.uid === 0 ? NOBODY : { uid: owner.uid, gid: owner.gid }
}
