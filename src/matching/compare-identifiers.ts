import type { Identifier } from '../record/normalized-record.ts'
import type { Compared } from './comparison.ts'

/** Kinds of which people have one at a time. */
const SINGULAR: ReadonlySet<Identifier['kind']> = new Set(['national_id', 'passport_id', 'licence_id'])

/**
 * Whether two records carry one identifier of kind and value. E-mail addresses and phone numbers have comparisons
 * of their own and are left out. Sharing none says nothing, because people have several devices and cookies, unless
 * both have a number of the state of one kind: then it is `different`. Symmetric.
 */
export function compareIdentifiers(a: readonly Identifier[], b: readonly Identifier[]): Compared<'identifier'> {
  let level: Compared<'identifier'> = 'missing'
  for (const left of a) {
    if (left.kind === 'email' || left.kind === 'phone') continue
    for (const right of b) {
      if (left.kind !== right.kind) continue
      if (left.value === right.value) return 'shared'
      if (SINGULAR.has(left.kind)) level = 'different'
    }
  }
  return level
}
