import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import { detectFormat } from './detect-format.ts'
import { type FormatSettings, HEAD_BYTES } from './file-format.ts'
import { readHead } from './read-head.ts'
import { type FileInMemory, openBytes, type ReadableBytes } from './readable-bytes.ts'

/**
 * What `readRows` will take a file for, in the words of settings: given back as settings it changes nothing, and a
 * single row can be read by it when the file is gone. Throws `source.no_file`'s cause and `source.unsupported` as
 * the reader does.
 */
export async function detectFileFormat(
  input: string | FileInMemory,
  settings: FormatSettings,
): Promise<FormatSettings> {
  if (typeof input !== 'string') return detect(openBytes(input.bytes), input.name, settings)
  const file = await open(input, 'r')
  try {
    return await detect(file, basename(input), settings)
  } finally {
    await file.close()
  }
}

async function detect(file: ReadableBytes, name: string, settings: FormatSettings): Promise<FormatSettings> {
  const { container, encoding, syntax, delimiter, header } = detectFormat(
    await readHead(file, HEAD_BYTES, name),
    name,
    settings,
  )
  return { container, encoding, syntax, ...(delimiter === undefined ? {} : { delimiter, header }) }
}
