import { OnefoldError } from '../errors.ts'
import { composeIdentifiers } from './compose-identifiers.ts'
import {
  DELETED_RECORD,
  type Identifier,
  type NormalizedAddress,
  type NormalizedRecord,
  type PartialDate,
} from './normalized-record.ts'
import { ADDRESS_PARTS, DELETED_VERSION, DISPLAY_FIELDS, PERSON_VERSION } from './pack-person.ts'
import type { Writable } from './writable.ts'

type Absent = 0
type Packed = readonly [
  version: number,
  given: readonly string[] | Absent,
  family: readonly string[] | Absent,
  birthDate: readonly [number, number, number] | Absent,
  sex: 'f' | 'm' | 'x' | Absent,
  emails: readonly string[],
  phones: readonly string[],
  address: readonly (string | Absent)[] | Absent,
  organisation: string | Absent,
  identifiers: readonly string[],
  display: readonly (number | string)[],
]

/** The record that `packPerson` spelled. Throws `record.unknown_version` (store) for a layout of a newer program. */
export function unpackPerson(text: string): NormalizedRecord {
  const packed = JSON.parse(text) as Packed
  const [version, given, family, birthDate, sex, emails, phones, address, organisation, named, shown] = packed
  if (version === DELETED_VERSION) return DELETED_RECORD
  if (version !== PERSON_VERSION) {
    throw new OnefoldError('store', 'record.unknown_version', 'A stored record has a layout that is not known.', {
      details: { version },
      hint: 'It was written by a newer version of Onefold: update this one.',
    })
  }
  const identifiers: Identifier[] = []
  for (let at = 0; at < named.length; at += 2)
    identifiers.push({ kind: named[at] as Identifier['kind'], value: named[at + 1] as string })
  const display: Record<string, string> = {}
  for (let at = 0; at < shown.length; at += 2) {
    const field = shown[at] as number | string
    display[typeof field === 'number' ? (DISPLAY_FIELDS[field] as string) : field] = shown[at + 1] as string
  }
  const person: Writable<NormalizedRecord> = {
    emails,
    phones,
    identifiers: composeIdentifiers(identifiers, emails, phones),
    display,
  }
  if (given !== 0) person.given = given
  if (family !== 0) person.family = family
  if (birthDate !== 0) person.birthDate = unpackDate(birthDate)
  if (sex !== 0) person.sex = sex
  if (address !== 0) person.address = unpackAddress(address)
  if (organisation !== 0) person.organisation = organisation
  return person
}

function unpackDate([year, month, day]: readonly [number, number, number]): PartialDate {
  const date: Writable<PartialDate> = { year }
  if (month !== 0) date.month = month
  if (day !== 0) date.day = day
  return date
}

function unpackAddress(parts: readonly (string | Absent)[]): NormalizedAddress {
  const address: Writable<NormalizedAddress> = {}
  for (const [position, part] of parts.entries()) {
    const name = ADDRESS_PARTS[position]
    if (part !== 0 && name !== undefined) address[name] = part
  }
  return address
}
