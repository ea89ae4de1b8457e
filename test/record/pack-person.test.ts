import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { NormalizedRecord } from '../../src/record/normalized-record.ts'
import { ADDRESS_PARTS, DISPLAY_FIELDS, packPerson } from '../../src/record/pack-person.ts'
import { composeIdentifiers } from '../../src/record/compose-identifiers.ts'
import { unpackPerson } from '../../src/record/unpack-person.ts'
import { arbitraryRecord } from '../matching/arbitrary-record.ts'

const shown = fc.dictionary(
  fc.oneof(fc.constantFrom<string>(...DISPLAY_FIELDS), fc.constantFrom('birth_date', 'a_field_of_tomorrow')),
  fc.string({ unit: 'binary', maxLength: 12 }),
)

test('a record comes back from its spelling as it was', () => {
  fc.assert(
    fc.property(arbitraryRecord, shown, (record, display) => {
      const identifiers = composeIdentifiers(
        record.identifiers.filter(({ kind }) => kind !== 'email' && kind !== 'phone'),
        record.emails,
        record.phones,
      )
      const person: NormalizedRecord = { ...record, identifiers, display }
      // Not even a lone surrogate is lost on the way through UTF-8.
      const text = Buffer.from(packPerson(person)).toString('utf8')
      expect(unpackPerson(text)).toEqual(person)
      expect(text).toBe(JSON.stringify(JSON.parse(text)))
    }),
  )
})

test('a record is spelled by position, also one that outgrows the first buffer', () => {
  const long = 'ö"'.repeat(20_000)
  const person: NormalizedRecord = {
    given: ['edda', 'ruth'],
    birthDate: { year: 1987, month: 12 },
    emails: ['edda@mailhaven.net'],
    phones: [],
    address: { street: 'mill lane', city: 'zürich' },
    identifiers: [
      { kind: 'customer_id', value: 'crm/7' },
      { kind: 'email', value: 'edda@mailhaven.net' },
    ],
    display: { given_name: 'Edda "Ruth"', note: long },
  }
  expect(Buffer.from(packPerson(person)).toString('utf8')).toBe(
    `[1,["edda","ruth"],0,[1987,12,0],0,["edda@mailhaven.net"],[],["mill lane",0,"zürich",0,0,0],0,["customer_id","crm/7"],[0,"Edda \\"Ruth\\"","note",${JSON.stringify(long)}]]`,
  )
})

test('that a record is deleted is all that is spelled of it', () => {
  const deleted: NormalizedRecord = { emails: [], phones: [], identifiers: [], display: {}, deleted: true }
  expect(Buffer.from(packPerson(deleted)).toString('utf8')).toBe('[2]')
  expect(unpackPerson('[2]')).toEqual(deleted)
})

test('stored positions mean what they meant', () => {
  expect(DISPLAY_FIELDS.slice(0, 14).join()).toBe(
    'given_name,family_name,full_name,street,house_number,city,postcode,region,country,address,organisation,job_title,language,middle_name',
  )
  expect(ADDRESS_PARTS.slice(0, 6).join()).toBe('street,houseNumber,city,postcode,region,country')
})

test('a layout of a newer program is refused', () => {
  expect(() => unpackPerson('[3,0,0,0,0,[],[],0,0,[],[]]')).toThrow(
    expect.objectContaining({ code: 'record.unknown_version' }),
  )
})
