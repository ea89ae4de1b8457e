import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { OnefoldError } from '../errors.ts'

const KEY_BYTES = 32

/** The master key and where it came from. */
export interface MasterKey {
  readonly key: Buffer
  /** Undefined when the environment gave it. */
  readonly file: string | undefined
  /** Made just now: the person must be told to back it up. */
  readonly isNew: boolean
}

/**
 * The key that every sealed value hangs on: `ONEFOLD_MASTER_KEY` (32 bytes in hex or base64), else the file
 * `master.key` of the home, made at first use, readable by its owner only. Throws `master_key.malformed`.
 */
export async function loadMasterKey(home: string, given: string | undefined): Promise<MasterKey> {
  if (given !== undefined) return { key: parseKey(given, 'ONEFOLD_MASTER_KEY'), file: undefined, isNew: false }
  const file = join(home, 'master.key')
  const known = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (known !== undefined) return { key: parseKey(known, file), file, isNew: false }
  // As root the database runs as another user, who must be able to walk through the home to its folder.
  await mkdir(home, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 })
  const key = randomBytes(KEY_BYTES)
  try {
    // `wx`: of two processes starting at once, one makes the key and the other reads it.
    await writeFile(file, `${key.toString('base64')}\n`, { mode: 0o600, flag: 'wx' })
    return { key, file, isNew: true }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return { key: parseKey(await readFile(file, 'utf8'), file), file, isNew: false }
  }
}

function parseKey(text: string, place: string): Buffer {
  const trimmed = text.trim()
  const key = /^[0-9a-f]{64}$/i.test(trimmed) ? Buffer.from(trimmed, 'hex') : Buffer.from(trimmed, 'base64')
  if (key.length === KEY_BYTES) return key
  throw new OnefoldError('settings', 'master_key.malformed', `${place} does not hold a key of 32 bytes.`, {
    details: { bytes: key.length },
    hint: 'Give 32 bytes as base64, from `openssl rand -base64 32`, or as 64 hexadecimal digits.',
  })
}
