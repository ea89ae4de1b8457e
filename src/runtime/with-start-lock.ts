import { randomBytes } from 'node:crypto'
import { open, readFile, rename, rm, stat, type FileHandle } from 'node:fs/promises'
import { OnefoldError } from '../errors.ts'
import { findProcessStart } from './find-process-start.ts'
import { pollUntil } from './poll-until.ts'

interface LockOwner {
  readonly pid: number
  readonly start: string
  readonly token: string
}

/** A lock without an owner was interrupted between creating and writing it, two neighbouring system calls. */
const UNSIGNED_LOCK_AGE_MS = 10_000

/**
 * Runs `action` while no other process on this machine runs one under the same lock file.
 * The lock of a dead process is taken over, so a kill -9 inside `action` blocks nobody. Not re-entrant.
 * Throws `postgres.locked` (retryable) when the lock stays taken for `timeoutMs`.
 */
export async function withStartLock<T>(lockFile: string, timeoutMs: number, action: () => Promise<T>): Promise<T> {
  const owner: LockOwner = {
    pid: process.pid,
    start: (await findProcessStart(process.pid)) ?? '',
    token: randomBytes(8).toString('hex'),
  }
  const taken = await pollUntil(() => tryLock(lockFile, owner), { timeoutMs })
  if (taken === undefined) {
    throw new OnefoldError('store', 'postgres.locked', `Another process holds ${lockFile}`, {
      retryable: true,
      details: { lockFile },
      hint: 'Another onefold process is starting or stopping the database; try again when it is done.',
    })
  }
  try {
    return await action()
  } finally {
    if ((await readOwner(lockFile))?.token === owner.token) await rm(lockFile, { force: true })
  }
}

async function tryLock(lockFile: string, owner: LockOwner): Promise<true | undefined> {
  if (await createSigned(lockFile, owner)) return true
  const found = await readOwner(lockFile)
  if (found === undefined ? await isFresh(lockFile) : (await findProcessStart(found.pid)) === found.start)
    return undefined
  await breakLock(lockFile, found)
  return undefined
}

/** False when the file is there already. On a full disk nothing is left behind. */
async function createSigned(lockFile: string, owner: LockOwner): Promise<boolean> {
  let file: FileHandle
  try {
    file = await open(lockFile, 'wx', 0o600)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
  try {
    await file.writeFile(JSON.stringify(owner))
    return true
  } catch (error) {
    await rm(lockFile, { force: true })
    throw error
  } finally {
    await file.close()
  }
}

/** Moves the stale lock away; if what was moved is not what was judged, somebody was faster, and it goes back. */
async function breakLock(lockFile: string, judged: LockOwner | undefined): Promise<void> {
  const aside = `${lockFile}.${randomBytes(6).toString('hex')}`
  try {
    await rename(lockFile, aside)
  } catch {
    return
  }
  const moved = await readOwner(aside)
  if (moved !== undefined && moved.token !== judged?.token) {
    await createSigned(lockFile, moved)
  }
  await rm(aside, { force: true })
}

async function readOwner(lockFile: string): Promise<LockOwner | undefined> {
  try {
    return JSON.parse(await readFile(lockFile, 'utf8')) as LockOwner
  } catch {
    return undefined
  }
}

async function isFresh(lockFile: string): Promise<boolean> {
  const found = await stat(lockFile).catch(() => undefined)
  return found !== undefined && Date.now() - found.mtimeMs < UNSIGNED_LOCK_AGE_MS
}
