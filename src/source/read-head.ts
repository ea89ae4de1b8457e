import { Buffer } from 'node:buffer'
import { OnefoldError } from '../errors.ts'
import type { ReadableBytes } from './readable-bytes.ts'

/** First bytes of formats that are no text, to be named instead of read as nonsense. */
const FOREIGN: readonly (readonly [magic: string, name: string, hint: string])[] = [
  ['28b52ffd', 'zstd', 'Decompress the file, or deliver it as gzip.'],
  ['425a68', 'bzip2', 'Decompress the file, or deliver it as gzip.'],
  ['fd377a585a00', 'xz', 'Decompress the file, or deliver it as gzip.'],
  ['504b0304', 'zip or Excel', 'Unpack the file, or save the sheet as CSV.'],
  ['d0cf11e0a1b11ae1', 'old Excel', 'Save the sheet as CSV.'],
  ['50415231', 'Parquet', 'Deliver the file as CSV or JSON Lines.'],
  ['255044462d', 'PDF', 'Deliver the table as CSV or JSON Lines.'],
]

/** The first bytes of a file, fewer when it is shorter. Throws `source.unsupported` for formats known not to be text. */
export async function readHead(file: ReadableBytes, bytes: number, fileName: string): Promise<Buffer> {
  const head = Buffer.alloc(bytes)
  let length = 0
  while (length < bytes) {
    const { bytesRead } = await file.read(head, length, bytes - length, length)
    if (bytesRead === 0) break
    length += bytesRead
  }
  const start = head.subarray(0, 8).toString('hex')
  const foreign = FOREIGN.find(([magic]) => start.startsWith(magic))
  if (foreign !== undefined && length > 0) {
    throw new OnefoldError('payload', 'source.unsupported', `The file is ${foreign[1]}, which is not read here.`, {
      details: { file: fileName, format: foreign[1] },
      hint: foreign[2],
    })
  }
  return head.subarray(0, length)
}
