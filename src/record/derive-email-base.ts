/**
 * Derives the mailbox behind a normalized address, for comparing and never for storing or sending.
 *
 * `+tag` is sub-addressing (RFC 5233) and goes everywhere; Gmail alone ignores dots, and `googlemail.com` is
 * `gmail.com` (Google's help, "Dots don't matter in Gmail addresses", 2024). An address that would lose its
 * whole local part stays as it is. Idempotent.
 */
export function deriveEmailBase(email: string): string {
  const at = email.lastIndexOf('@')
  if (at < 1) return email
  const host = email.slice(at + 1)
  const gmail = host === 'gmail.com' || host === 'googlemail.com'
  const plus = email.indexOf('+')
  let local = email.slice(0, plus > 0 && plus < at ? plus : at)
  if (gmail) local = local.replaceAll('.', '')
  return local === '' ? email : `${local}@${gmail ? 'gmail.com' : host}`
}
