import { deriveEmailBase } from '../record/derive-email-base.ts'

/** Mailboxes of a function, not of a person (RFC 2142 and the ones found on every web page). */
const ROLES: ReadonlySet<string> = new Set(
  (
    'info contact office sales admin support mail hello team service webmaster postmaster hostmaster billing ' +
    'marketing noreply no-reply kontakt buero bestellung accounts enquiries help jobs hr press contacto'
  ).split(' '),
)

export interface SplitEmail {
  readonly text: string
  /** Before the `@`, without a `+tag`. */
  readonly local: string
  readonly domain: string
  /** One spelling for all addresses of the mailbox. */
  readonly base: string
  /** True for `info@`, `office@` and the like: such a local part names nobody. */
  readonly isRole: boolean
}

/** The parts of a normalized e-mail address; `local` loses its tag as in `deriveEmailBase`, but keeps its dots. */
export function splitEmail(text: string): SplitEmail {
  const at = text.lastIndexOf('@')
  const full = at < 0 ? text : text.slice(0, at)
  const plus = full.indexOf('+')
  const local = plus > 0 ? full.slice(0, plus) : full
  return {
    text,
    local,
    domain: at < 0 ? '' : text.slice(at + 1),
    base: deriveEmailBase(text),
    isRole: ROLES.has(local),
  }
}
