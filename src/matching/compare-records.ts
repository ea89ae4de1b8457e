import type { NormalizedRecord } from '../record/normalized-record.ts'
import { compareAddresses } from './compare-addresses.ts'
import { compareBirthDates } from './compare-birth-dates.ts'
import { compareEmails } from './compare-emails.ts'
import { compareIdentifiers } from './compare-identifiers.ts'
import { compareNames } from './compare-names.ts'
import { compareOrganisations } from './compare-organisations.ts'
import { comparePartyNames } from './compare-party-names.ts'
import { comparePhones } from './compare-phones.ts'
import { LEVELS, MISSING } from './comparison.ts'
import type { ComparisonName, ComparisonVector } from './comparison.ts'
import { deriveComparable } from './derive-comparable.ts'
import type { ComparableRecord } from './derive-comparable.ts'
import type { Model } from './model.ts'

const LEVEL_OF = Object.fromEntries(
  Object.entries(LEVELS).map(([name, labels]) => [
    name,
    new Map<string, number>([['missing', MISSING], ...labels.map((label, level) => [label, level] as const)]),
  ]),
) as unknown as Readonly<Record<ComparisonName, ReadonlyMap<string, number>>>

/**
 * The level of every comparison of the model for two records, in the model's order. Symmetric: the order of the
 * records does not matter. A side that is silent gives `MISSING`, which weighs nothing.
 */
export function compareRecords(a: NormalizedRecord, b: NormalizedRecord, model: Model): ComparisonVector {
  const left = deriveComparable(a)
  const right = deriveComparable(b)
  const names = compareNames(left, right)
  const vector: number[] = []
  for (const { name } of model.comparisons) {
    const label = compareBy(name, left, right, names)
    vector.push(LEVEL_OF[name].get(label) ?? MISSING)
  }
  return vector
}

function compareBy(
  name: ComparisonName,
  a: ComparableRecord,
  b: ComparableRecord,
  names: ReturnType<typeof compareNames>,
): string {
  switch (name) {
    case 'given_name':
      return names.given
    case 'family_name':
      return names.family
    case 'birth_date':
      return compareBirthDates(a.record.birthDate, b.record.birthDate)
    case 'sex':
      if (a.record.sex === undefined || b.record.sex === undefined) return 'missing'
      return a.record.sex === b.record.sex ? 'same' : 'different'
    case 'email':
      return compareEmails(a, b)
    case 'phone':
      return comparePhones(a.record.phones, b.record.phones)
    case 'address':
      return compareAddresses(a.record.address, b.record.address)
    case 'organisation':
      return compareOrganisations(a, b)
    case 'party_name':
      return comparePartyNames(a, b)
    case 'identifier':
      return compareIdentifiers(a.record.identifiers, b.record.identifiers)
  }
}
