import { open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** Writes a file that appears under its name complete or not at all; readable by its owner alone, since it is about people. */
export async function saveFile(path: string, pieces: Iterable<string | Uint8Array>): Promise<void> {
  const draft = join(dirname(path), `.${basename(path)}.${process.pid}.part`)
  const file = await open(draft, 'w', 0o600)
  try {
    for (const piece of pieces) await file.appendFile(piece)
    await file.close()
    await rename(draft, path)
  } catch (failure) {
    await file.close().catch(() => undefined)
    await rm(draft, { force: true })
    throw failure
  }
}
