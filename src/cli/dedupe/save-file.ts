import { fillFile } from '../fill-file.ts'

/** Writes a file that appears under its name complete or not at all; readable by its owner alone, since it is about people. */
export async function saveFile(path: string, pieces: Iterable<string | Uint8Array>): Promise<void> {
  await fillFile(path, async (append) => {
    for (const piece of pieces) await append(piece)
  })
}
