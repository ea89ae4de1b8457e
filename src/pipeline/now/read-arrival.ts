import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import { OnefoldError } from '../../errors.ts'
import type { FileInMemory } from '../../source/readable-bytes.ts'

/** Bytes that a pass takes in at most: it has them in memory and keeps others from the path meanwhile. */
export const MOST_BYTES = 1024 * 1024

/** Reads a small file into memory. Throws `arrival.too_large` (payload). */
export async function readArrival(path: string): Promise<FileInMemory> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    if (size > MOST_BYTES) {
      throw new OnefoldError('payload', 'arrival.too_large', 'The file is too large to be resolved as it arrives.', {
        details: { bytes: size, most: MOST_BYTES },
        hint: 'Take it in without `--now`, then `onefold run`.',
      })
    }
    return { name: basename(path), bytes: await file.readFile() }
  } finally {
    await file.close()
  }
}
