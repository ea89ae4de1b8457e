import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { refuse } from './problem.ts'

const inflate = promisify(gunzip)

/**
 * The body of a request, inflated if it came as gzip, of at most so many bytes either way: no more is read of one that
 * is longer. Throws `api.too_large`, `api.unsupported_encoding`, `api.malformed` (payload).
 */
export async function readBody(request: Request, most: number): Promise<Buffer> {
  const tooLarge = () => refuse('api.too_large', 'The request is too large.', 'Send less at a time.', { most })
  const encoding = request.headers.get('content-encoding')?.trim().toLowerCase() ?? 'identity'
  if (!['identity', 'gzip'].includes(encoding))
    throw refuse('api.unsupported_encoding', 'The content encoding is unknown.', 'Send plain bytes or gzip.')
  if (Number(request.headers.get('content-length') ?? 0) > most) throw tooLarge()
  const pieces: Uint8Array[] = []
  let length = 0
  for await (const piece of request.body ?? []) {
    length += piece.length
    if (length > most) throw tooLarge()
    pieces.push(piece)
  }
  const bytes = Buffer.concat(pieces, length)
  if (encoding === 'identity') return bytes
  try {
    return await inflate(bytes, { maxOutputLength: most })
  } catch (failure) {
    if ((failure as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge()
    throw refuse('api.malformed', 'The body is no gzip.', 'Compress it anew, or send it plain.')
  }
}

/** Strings, and numbers outside them. */
const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g
/** What a number that a double cannot hold has. */
const LONG = /\d{16}|\d[eE]/
const EXACT_DIGITS = 15

/**
 * The JSON of a body. Numbers that a double cannot hold become texts of their digits, since a customer's number must not
 * become another's. Throws `api.malformed` (payload).
 */
export function parseJson(bytes: Buffer): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return JSON.parse(LONG.test(text) ? text.replace(TOKENS, (token) => (isExact(token) ? token : `"${token}"`)) : text)
  } catch {
    throw refuse('api.malformed', 'The body is no JSON.', 'Send a JSON object in UTF-8.')
  }
}

function isExact(token: string): boolean {
  if (token.startsWith('"')) return true
  const [mantissa = ''] = token.split(/[eE]/)
  return mantissa.replaceAll(/\D/g, '').length <= EXACT_DIGITS && Number.isFinite(Number(token))
}
