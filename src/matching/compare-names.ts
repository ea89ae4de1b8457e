import type { Compared } from './comparison.ts'
import { compareFamilyNames } from './compare-family-names.ts'
import { compareGivenNames } from './compare-given-names.ts'
import type { ComparableRecord } from './derive-comparable.ts'

/**
 * Given and family names of two records, seen together: both `swapped` when each record's given name is the
 * other's family name. Different generations (`sr` and `jr`, not `jr` and `ii`) make the given names different. Symmetric.
 */
export function compareNames(
  a: ComparableRecord,
  b: ComparableRecord,
): { readonly given: Compared<'given_name'>; readonly family: Compared<'family_name'> } {
  const family = compareFamilyNames(a.family, b.family)
  if (a.generation !== undefined && b.generation !== undefined && a.generation !== b.generation) {
    return { given: 'different', family }
  }
  const given = compareGivenNames(a.given, b.given)
  if (given === 'exact' || family === 'exact' || given === 'missing' || family === 'missing') return { given, family }
  if (a.given?.joined === b.family?.joined && a.family?.joined === b.given?.joined) {
    return { given: 'swapped', family: 'swapped' }
  }
  return { given, family }
}
