import type { Compared } from './comparison.ts'
import type { ComparableRecord } from './derive-comparable.ts'
import { jaroWinkler } from './jaro-winkler.ts'
import { LEVELS } from './comparison.ts'
import type { SplitEmail } from './split-email.ts'

/**
 * The best agreement between the e-mail addresses of two records. `name`: one record has an address but no name,
 * and the address spells the other's name; where it has a name of its own, that name was compared already and the
 * spelling would count twice. `local`: the same local part of five or more letters elsewhere, or the same mailbox of a
 * function (`info@…`), which many share and which says about as much as a shared organisation. Symmetric.
 */
export function compareEmails(a: ComparableRecord, b: ComparableRecord): Compared<'email'> {
  let best: Compared<'email'> = 'missing'
  if (spellsNameOf(a, b) || spellsNameOf(b, a)) best = 'name'
  for (const left of a.emails) {
    for (const right of b.emails) {
      const level = compareAddresses(left, right)
      if (level === 'exact') return level
      if (best === 'missing' || LEVELS.email.indexOf(level) < LEVELS.email.indexOf(best)) best = level
    }
  }
  return best
}

function compareAddresses(a: SplitEmail, b: SplitEmail): Exclude<Compared<'email'>, 'missing' | 'name'> {
  if (a.isRole || b.isRole) return a.base === b.base ? 'local' : 'different'
  if (a.text === b.text) return 'exact'
  if (a.base === b.base) return 'base'
  if (a.local.length < 5 || b.local.length < 5) return 'different'
  if (a.local === b.local) return 'local'
  return a.domain === b.domain && jaroWinkler(a.local, b.local) >= 0.92 ? 'similar' : 'different'
}

function spellsNameOf(holder: ComparableRecord, named: ComparableRecord): boolean {
  if (holder.given !== undefined || holder.family !== undefined) return false
  const given = named.given?.first
  const family = named.family?.joined
  if (given === undefined || family === undefined || family.length < 3) return false
  return holder.emails.some(({ local }) => {
    const letters = local.replace(/[^a-z]/g, '')
    if (letters.length < 5) return false
    if (given.length > 1 && (letters === given + family || letters === family + given)) return true
    return letters === given.charAt(0) + family || letters === family + given.charAt(0)
  })
}
