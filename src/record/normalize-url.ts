import type { Normalization } from './normalization.ts'

/** De facto limit of browsers and intermediaries (RFC 9110 §4.1 asks for at least 8,000). */
const LENGTH_LIMIT = 8192
const INVALID = { issue: 'url.invalid' } as const

/**
 * Spells an address of the web: scheme and host in lower case, no fragment, no user name or password.
 *
 * The query stays, with its campaign parameters. A path alone (`/cart?x=1`) stays a path; a host without a scheme
 * gets `https`. Schemes other than http, https and those of apps are refused. Issue `url.invalid`. Idempotent.
 */
export function normalizeUrl(raw: string): Normalization<string> {
  const text = raw.trim()
  if (text === '') return undefined
  if (text.length > LENGTH_LIMIT) return INVALID
  if (text.startsWith('/') && !text.startsWith('//')) return spell(text, RELATIVE_BASE)
  if (text.startsWith('//')) return spell(`https:${text}`)
  if (SCHEME.test(text)) return WEB_SCHEME.test(text) ? spell(text) : INVALID
  return BARE_HOST.test(text) ? spell(`https://${text}`) : INVALID
}

const SCHEME = /^[A-Za-z][A-Za-z0-9+.-]{0,40}:(?!\d)/
const WEB_SCHEME = /^(?:https?|android-app|ios-app):\/\//i
const BARE_HOST = /^[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,10}(?:[:/?#]|$)/
const RELATIVE_BASE = 'https://relative.invalid'

function spell(text: string, base?: string): Normalization<string> {
  let url: URL
  try {
    url = new URL(text, base)
  } catch {
    return INVALID
  }
  url.hash = ''
  url.username = ''
  url.password = ''
  if (base === undefined) return { value: url.href }
  // `/\\host` and `/.//host` would turn into an address on another host when read again.
  const path = `${url.pathname}${url.search}`
  return url.origin === base && !path.startsWith('//') ? { value: path } : INVALID
}
