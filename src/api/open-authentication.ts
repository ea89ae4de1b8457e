import type { Context } from '../pipeline/context.ts'
import { hashWriteKey } from '../pipeline/key/hash-write-key.ts'
import { findWriteKey } from '../store/key/find-write-key.ts'
import { refuse } from './problem.ts'

/** A revoked key is refused after this long, everywhere. */
const REMEMBERED_MS = 5_000
/** Keys that are remembered at most; whoever guesses fills no memory. */
const MOST_REMEMBERED = 10_000

/**
 * Tells the source whose key a request shows: as the user of basic authentication, as Segment's libraries send it, or as
 * a bearer. What a key may do is asked of the database every few seconds. Throws `api.unauthorized`.
 */
export function openAuthentication(context: Context): (authorization: string | undefined) => Promise<string> {
  const remembered = new Map<string, { readonly source: string | undefined; readonly untilMs: number }>()
  return async (authorization) => {
    const key = readKey(authorization ?? '')
    if (key === undefined) throw unauthorized()
    const hash = hashWriteKey(context, key)
    const nowMs = context.now().getTime()
    const known = remembered.get(hash)
    if (known !== undefined && nowMs < known.untilMs) {
      if (known.source === undefined) throw unauthorized()
      return known.source
    }
    const source = await findWriteKey(context.store.sql, hash)
    if (remembered.size >= MOST_REMEMBERED) remembered.clear()
    remembered.set(hash, { source, untilMs: nowMs + REMEMBERED_MS })
    if (source === undefined) throw unauthorized()
    return source
  }
}

function readKey(authorization: string): string | undefined {
  const [scheme = '', told = ''] = authorization.split(' ')
  if (scheme.toLowerCase() === 'bearer') return told || undefined
  if (scheme.toLowerCase() !== 'basic') return undefined
  const [user] = Buffer.from(told, 'base64').toString('utf8').split(':')
  return user || undefined
}

function unauthorized(): Error {
  return refuse(
    'api.unauthorized',
    'The write key is missing or not in use.',
    'Send it as the user of basic authentication, without a password; `onefold key create SOURCE` makes one.',
  )
}
