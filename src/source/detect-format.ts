import type { Buffer } from 'node:buffer'
import { decodeText } from './decode-text.ts'
import { detectDelimiter } from './detect-delimiter.ts'
import { detectEncoding } from './detect-encoding.ts'
import { detectSyntax } from './detect-syntax.ts'
import type { FileFormat, FormatSettings } from './file-format.ts'
import { guessHeader } from './guess-header.ts'
import { inflateHead } from './inflate-head.ts'

/**
 * Guesses how a file is written from its first bytes (64 KiB are plenty) and its name; settings win over guesses.
 * Never throws: an empty or odd head gives comma-separated UTF-8 with a low confidence, 0 to 1, the product of what
 * encoding, syntax, delimiter and header are worth. The same head always gives the same format.
 */
export function detectFormat(head: Buffer, fileName: string, settings: FormatSettings = {}): FileFormat {
  const isGzip = head.length > 2 && head[0] === 0x1f && head[1] === 0x8b
  const container = settings.container ?? (isGzip ? 'gzip' : 'plain')
  const bytes = container === 'gzip' ? inflateHead(head) : head
  const encoding = detectEncoding(bytes, settings.encoding)
  const text = decodeText(bytes, encoding.encoding, encoding.bomBytes)
  const name = fileName.toLowerCase().replace(/\.(?:gz|gzip)$/, '')
  const syntax = settings.syntax === undefined ? detectSyntax(text, name) : { syntax: settings.syntax, confidence: 1 }
  const common = {
    container,
    encoding: encoding.encoding,
    bomBytes: encoding.bomBytes,
    syntax: syntax.syntax,
    quote: '"',
  } as const
  const confidence = bytes.length === 0 ? 0 : encoding.confidence * syntax.confidence
  if (syntax.syntax !== 'csv') return { ...common, header: false, confidence }

  const guess = detectDelimiter(text, name, settings.delimiter)
  const header = settings.header === undefined ? guessHeader(guess.rows) : { header: settings.header, confidence: 1 }
  return {
    ...common,
    delimiter: guess.delimiter,
    header: header.header,
    confidence: confidence * guess.confidence * header.confidence,
  }
}
