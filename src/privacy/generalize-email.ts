import { FREEMAIL_DOMAINS } from './freemail-domains.ts'

export type EmailClass = 'freemail' | 'company' | 'none'

/**
 * What kind of address a person has, in place of the address: a free provider's, an own or employer's domain, or none.
 * The domain is never shown: many a domain belongs to one family. `email` is normalized; without `@` it counts as none.
 */
export function generalizeEmail(email: string | undefined): EmailClass {
  const at = email?.lastIndexOf('@') ?? -1
  if (!email || at < 1 || at === email.length - 1) return 'none'
  return FREEMAIL_DOMAINS.has(email.slice(at + 1).toLowerCase()) ? 'freemail' : 'company'
}
