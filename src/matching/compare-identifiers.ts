import type { Identifier } from '../record/normalized-record.ts'
import type { Compared } from './comparison.ts'

/**
 * Whether two records carry one identifier of kind and value. E-mail addresses and phone numbers have comparisons
 * of their own and are left out. Sharing none says nothing: people have several devices and cookies. Symmetric.
 */
export function compareIdentifiers(a: readonly Identifier[], b: readonly Identifier[]): Compared<'identifier'> {
  for (const left of a) {
    if (left.kind === 'email' || left.kind === 'phone') continue
    for (const right of b) {
      if (left.value === right.value && left.kind === right.kind) return 'shared'
    }
  }
  return 'missing'
}
