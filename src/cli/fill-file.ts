import { open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/**
 * Has a file written piece by piece that appears under its name complete or not at all. Whatever the umask, its owner
 * alone may read it, since it is about people. Rejects as `open` does where it cannot be written.
 */
export async function fillFile<T>(
  path: string,
  fill: (append: (piece: string | Uint8Array) => Promise<void>) => Promise<T>,
): Promise<T> {
  const draft = join(dirname(path), `.${basename(path)}.${process.pid}.part`)
  const file = await open(draft, 'w', 0o600)
  try {
    const filled = await fill((piece) => file.appendFile(piece))
    await file.sync()
    await file.close()
    await rename(draft, path)
    return filled
  } catch (failure) {
    await file.close().catch(() => undefined)
    await rm(draft, { force: true })
    throw failure
  }
}
