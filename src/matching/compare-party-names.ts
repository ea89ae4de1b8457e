import { compareOrganisationNames } from './compare-organisation-names.ts'
import type { Compared } from './comparison.ts'
import type { ComparableRecord } from './derive-comparable.ts'

/**
 * How far the names of two organisations agree that are parties themselves, not somebody's employer. An organisation
 * and a person with a name are `different`: a switchboard's number or an office's address does not make them one.
 * Missing between two people, and when one side has no name of either kind. Symmetric.
 */
export function comparePartyNames(a: ComparableRecord, b: ComparableRecord): Compared<'party_name'> {
  if (a.isOrganisation && b.isOrganisation) {
    return compareOrganisationNames(a.record.organisation ?? '', b.record.organisation ?? '')
  }
  if (a.isOrganisation) return isNamed(b) ? 'different' : 'missing'
  return b.isOrganisation && isNamed(a) ? 'different' : 'missing'
}

function isNamed({ given, family }: ComparableRecord): boolean {
  return given !== undefined || family !== undefined
}
