import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { ServerUser } from './find-server-user.ts'

/**
 * Whether a user may walk down from the root to `folder` and into it, by the permission bits of each step.
 * Access lists and read-only mounts are not looked at. `folder` must exist and be free of symbolic links.
 */
export async function isTraversableBy(user: ServerUser, folder: string): Promise<boolean> {
  for (let step = folder; ; step = dirname(step)) {
    const { mode, uid, gid } = await stat(step)
    const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001
    if ((mode & bit) === 0) return false
    if (dirname(step) === step) return true
  }
}
