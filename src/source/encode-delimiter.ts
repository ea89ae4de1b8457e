import { Buffer } from 'node:buffer'
import { OnefoldError } from '../errors.ts'
import { WINDOWS_1252_HIGH } from './decode-text.ts'
import type { Encoding } from './file-format.ts'

/**
 * The delimiter as it appears in a window on the file's bytes: one unit for each byte, or for each UTF-16 unit.
 * Throws `source.bad_delimiter` unless it is one character that the encoding has, no quote and no line end.
 */
export function encodeDelimiter(delimiter: string, encoding: Encoding): string {
  const encoded = [...delimiter].length === 1 && !/["\r\n\0]/.test(delimiter) ? encode(delimiter, encoding) : undefined
  if (encoded === undefined) {
    throw new OnefoldError('settings', 'source.bad_delimiter', 'The delimiter must be one character of the file.', {
      hint: 'Use a comma, semicolon, tab, bar or any single character except a quote or a line end.',
    })
  }
  return encoded
}

function encode(delimiter: string, encoding: Encoding): string | undefined {
  if (encoding === 'utf-8') return Buffer.from(delimiter, 'utf8').toString('latin1')
  if (encoding !== 'windows-1252') return delimiter
  const high = WINDOWS_1252_HIGH.indexOf(delimiter)
  if (high >= 0) return String.fromCharCode(0x80 + high)
  return delimiter.charCodeAt(0) <= 0xff && delimiter.length === 1 ? delimiter : undefined
}
