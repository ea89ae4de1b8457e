import type { Context } from '../pipeline/context.ts'
import { hashKey } from '../pipeline/key/hash-key.ts'
import { findKey } from '../store/key/find-key.ts'
import type { KeyKind } from '../store/key/key.ts'
import { refuse } from './problem.ts'

/** A revoked key is refused after this long, everywhere. */
const REMEMBERED_MS = 5_000
/** Keys that are remembered at most; whoever guesses fills no memory. */
const MOST_REMEMBERED = 10_000

/** Tells whose key a request shows by its header `authorization`; throws `api.unauthorized`. */
export type Authenticate = (authorization: string | undefined) => Promise<string>

/**
 * Tells whose key of a kind a request shows: as the user of basic authentication, as Segment's libraries send it, or as
 * a bearer. What a key may do is asked of the database every few seconds.
 */
export function openAuthentication(context: Context, kind: KeyKind): Authenticate {
  const remembered = new Map<string, { readonly holder: string | undefined; readonly untilMs: number }>()
  return async (authorization) => {
    const key = readKey(authorization ?? '')
    if (key === undefined) throw unauthorized(kind)
    const hash = hashKey(context, kind, key)
    const nowMs = context.now().getTime()
    const known = remembered.get(hash)
    if (known !== undefined && nowMs < known.untilMs) {
      if (known.holder === undefined) throw unauthorized(kind)
      return known.holder
    }
    const holder = await findKey(context.store.sql, kind, hash)
    if (remembered.size >= MOST_REMEMBERED) remembered.clear()
    remembered.set(hash, { holder, untilMs: nowMs + REMEMBERED_MS })
    if (holder === undefined) throw unauthorized(kind)
    return holder
  }
}

function readKey(authorization: string): string | undefined {
  const [scheme = '', told = ''] = authorization.split(' ')
  if (scheme.toLowerCase() === 'bearer') return told || undefined
  if (scheme.toLowerCase() !== 'basic') return undefined
  const [user] = Buffer.from(told, 'base64').toString('utf8').split(':')
  return user || undefined
}

function unauthorized(kind: KeyKind): Error {
  const command = kind === 'write' ? 'onefold key create SOURCE' : 'onefold key create --reader NAME'
  return refuse(
    'api.unauthorized',
    `The ${kind} key is missing or not in use.`,
    `Send it as the user of basic authentication, without a password, or as a bearer; \`${command}\` makes one.`,
  )
}
