import type { Compared } from './comparison.ts'
import { compareOrganisationNames } from './compare-organisation-names.ts'
import type { ComparableRecord } from './derive-comparable.ts'

/**
 * How far the organisations agree that two people belong to. A word in common is not enough: it is mostly the trade.
 * Between two organisations it is missing, because there the name was compared as their own. Symmetric.
 */
export function compareOrganisations(a: ComparableRecord, b: ComparableRecord): Compared<'organisation'> {
  const left = a.record.organisation
  const right = b.record.organisation
  if (left === undefined || right === undefined || left === '' || right === '') return 'missing'
  if (a.isOrganisation && b.isOrganisation) return 'missing'
  const level = compareOrganisationNames(left, right)
  return level === 'part' ? 'different' : level
}
