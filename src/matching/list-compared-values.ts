import type { NormalizedRecord } from '../record/normalized-record.ts'
import { deriveComparable } from './derive-comparable.ts'

/**
 * What a record says where a comparison looks, of the shipped model or of a trained one, in the record's order. Empty
 * when it is silent there, and for a comparison that has no values of its own, such as the household's.
 */
export function listComparedValues(comparison: string, record: NormalizedRecord): readonly string[] {
  const { address, birthDate, organisation } = record
  const { isOrganisation } = deriveComparable(record)
  switch (comparison) {
    case 'given_name':
      return record.given === undefined ? [] : [record.given.join(' ')]
    case 'family_name':
      return record.family === undefined ? [] : [record.family.join(' ')]
    case 'birth_date':
      return birthDate === undefined ? [] : [spellDate(birthDate)]
    case 'sex':
      return record.sex === undefined ? [] : [record.sex]
    case 'email':
      return record.emails
    case 'phone':
      return record.phones
    case 'address': {
      const { street, houseNumber, postcode, city, region, country } = address ?? {}
      const parts = [street, houseNumber, postcode, city, region, country].filter((part) => part !== undefined)
      return parts.length === 0 ? [] : [parts.join(', ')]
    }
    case 'organisation':
      return organisation === undefined || isOrganisation ? [] : [organisation]
    case 'party_name':
      return organisation === undefined || !isOrganisation ? [] : [organisation]
    case 'identifier':
      return record.identifiers.map(({ kind, value }) => `${kind} ${value}`)
    default:
      return record.identifiers.filter(({ kind }) => kind === comparison).map(({ value }) => value)
  }
}

function spellDate({ year, month, day }: NonNullable<NormalizedRecord['birthDate']>): string {
  return [year, month, day]
    .filter((part) => part !== undefined)
    .map((part) => String(part).padStart(2, '0'))
    .join('-')
}
