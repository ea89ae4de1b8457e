import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareRecords } from '../../src/matching/compare-records.ts'
import { LEVELS } from '../../src/matching/comparison.ts'
import type { ComparisonName } from '../../src/matching/comparison.ts'
import { DEFAULT_MODEL } from '../../src/matching/default-model.ts'
import { NICKNAME_GROUPS } from '../../src/matching/nicknames.ts'
import { shareNickname } from '../../src/matching/share-nickname.ts'
import type { NormalizedRecord } from '../../src/record/normalized-record.ts'
import { arbitraryRecord } from './arbitrary-record.ts'
import { buildRecord } from './build-record.ts'

function levelOf(name: ComparisonName, a: Partial<NormalizedRecord>, b: Partial<NormalizedRecord>): string {
  const vector = compareRecords(buildRecord(a), buildRecord(b), DEFAULT_MODEL)
  const index = DEFAULT_MODEL.comparisons.findIndex((comparison) => comparison.name === name)
  return LEVELS[name][vector[index]!] ?? 'missing'
}
const named = (text: string): Partial<NormalizedRecord> => {
  const [given = '', family = ''] = text.split('/')
  return { ...(given && { given: given.split(' ') }), ...(family && { family: family.split(' ') }) }
}
const born = (text: string): Partial<NormalizedRecord> => {
  const [year = 0, month, day] = text.split('-').map(Number)
  return { birthDate: { year, ...(month && { month }), ...(day && { day }) } }
}

describe('laws', () => {
  test('the order of two records does not matter', () => {
    fc.assert(
      fc.property(arbitraryRecord, arbitraryRecord, (a, b) => {
        expect(compareRecords(a, b, DEFAULT_MODEL)).toEqual(compareRecords(b, a, DEFAULT_MODEL))
      }),
      { numRuns: 2000 },
    )
  })
  test('a record that says nothing is missing everywhere, against any record', () => {
    fc.assert(
      fc.property(arbitraryRecord, (record) => {
        const { emails: _, ...rest } = record
        const vector = compareRecords(buildRecord(rest), buildRecord(), DEFAULT_MODEL)
        expect(new Set(vector)).toEqual(new Set([-1]))
      }),
    )
  })
})

test.each([
  ['anna/', 'anna/', 'exact'],
  ['anna maria/', 'annamaria/', 'exact'],
  ['anna/', 'anna maria/', 'part'],
  ['maria/', 'anna maria/', 'part'],
  ['robert e/', 'robert j/', 'similar'],
  ['bob/', 'robert/', 'nickname'],
  ['bob/', 'rob/', 'nickname'],
  ['jonathan/', 'jonatan/', 'similar'],
  ['patrick/', 'patricia/', 'alike'],
  ['b/', 'barbara/', 'initial'],
  ['b/', 'robert/', 'alike'],
  ['b/', 'b/', 'initial'],
  ['zara/', 'sarah/', 'alike'],
  ['anna/', 'otto/', 'different'],
  ['伟/', 'wei/', 'missing'],
  ['anna/schmidt', 'schmidt/anna', 'swapped'],
  ['karl jr/meyer', 'karl sr/meyer', 'different'],
  ['karl/meyer jr', 'karl/meyer senior', 'different'],
  ['karl/meyer jr', 'karl/meyer ii', 'exact'],
  ['karl/meyer jr', 'karl/meyer', 'exact'],
])('given names %s and %s are %s', (a, b, level) => {
  expect(levelOf('given_name', named(a), named(b))).toBe(level)
})

test.each([
  ['/mc donald', '/mcdonald', 'exact'],
  ['/sanchez', '/sanchez mendoza', 'part'],
  ['/schmidt', '/schmidd', 'similar'],
  ['/meyer', '/maier', 'alike'],
  ['/m', '/meyer', 'alike'],
  ['/schmidt', '/vogel', 'different'],
  ['anna/schmidt', 'schmidt/anna', 'swapped'],
])('family names %s and %s are %s', (a, b, level) => {
  expect(levelOf('family_name', named(a), named(b))).toBe(level)
})

test.each([
  ['1978-12-11', '1978-12-11', 'exact'],
  ['1978', '1978-12-11', 'partial'],
  ['1978-12', '1978-12-11', 'partial'],
  ['1978-11', '1978-12-11', 'year'],
  ['1978-12-11', '1978-11-12', 'typo'],
  ['1978-12-11', '1979-11-12', 'typo'],
  ['1978-12-11', '1979-12-11', 'typo'],
  ['1978-12-11', '1987-12-11', 'typo'],
  ['1978-12-11', '1978-12-25', 'same_month'],
  ['1978-12-11', '1965-12-11', 'same_day'],
  ['1978-12-11', '1978-03-25', 'year'],
  ['1978-12-11', '1990-03-25', 'different'],
])('birth dates %s and %s are %s', (a, b, level) => {
  expect(levelOf('birth_date', born(a), born(b))).toBe(level)
})

test.each([
  [['a.b@gmail.com'], ['x@y.example', 'a.b@gmail.com'], 'exact'],
  [['a.b@gmail.com'], ['ab+shop@googlemail.com'], 'base'],
  [['anna.vogel@a.example'], ['anna.vogel@b.example'], 'local'],
  [['otto@a.example'], ['otto@b.example'], 'different'],
  [['anna.vogel@a.example'], ['anna.vogl@a.example'], 'similar'],
  [['info@a.example'], ['info@a.example'], 'local'],
  [['info@a.example'], ['info@b.example'], 'different'],
  [[], ['info@b.example'], 'missing'],
])('e-mails %j and %j are %s', (a, b, level) => {
  expect(levelOf('email', { emails: a }, { emails: b })).toBe(level)
})

test('an address that spells the name of the other record counts only where the name is not known anyway', () => {
  const anna = named('anna/vogel')
  expect(levelOf('email', anna, { emails: ['anna.vogel@a.example'] })).toBe('name')
  expect(levelOf('email', anna, { emails: ['avogel@a.example'] })).toBe('name')
  expect(levelOf('email', anna, { ...anna, emails: ['anna.vogel@a.example'] })).toBe('missing')
})

test.each([
  [['+493012345678'], ['+493012345678'], 'exact'],
  [['+12023213212'], ['+17023213212'], 'tail'],
  [['+493012345678'], ['+493012345679'], 'typo'],
  [['+493012345678'], ['+49301234567'], 'typo'],
  [['+493012345678'], ['+498955512345'], 'different'],
])('phones %j and %j are %s', (a, b, level) => {
  expect(levelOf('phone', { phones: a }, { phones: b })).toBe(level)
})

const lindenweg = { street: 'lindenweg', houseNumber: '5', city: 'bremen', postcode: '28195' }
test.each([
  [lindenweg, lindenweg, 'exact'],
  [lindenweg, { ...lindenweg, street: 'lindenwegg', city: 'x' }, 'exact'],
  [lindenweg, { street: 'lindenweg', houseNumber: '5' }, 'street_number'],
  [lindenweg, { street: 'lindenweg 5 bremen' }, 'street_number'],
  [lindenweg, { ...lindenweg, street: 'hofgasse' }, 'number_postcode'],
  [lindenweg, { ...lindenweg, houseNumber: '7' }, 'street'],
  [lindenweg, { street: 'hofgasse', houseNumber: '7', postcode: '28195' }, 'postcode'],
  [lindenweg, { street: 'hofgasse', city: 'bremen' }, 'city'],
  [lindenweg, { street: 'hofgasse', city: 'jena' }, 'different'],
  [lindenweg, { ...lindenweg, country: 'AT' }, 'exact'],
  [{ ...lindenweg, country: 'DE' }, { ...lindenweg, country: 'AT' }, 'different'],
  [
    { street: '3rd street', houseNumber: '1', city: 'x' },
    { street: '4th street', houseNumber: '1', city: 'y' },
    'different',
  ],
  [{ postcode: '28195' }, { city: 'bremen' }, 'missing'],
])('addresses %j and %j are %s', (a, b, level) => {
  expect(levelOf('address', { address: a }, { address: b })).toBe(level)
})

test.each([
  ['nordwind handel', 'nordwind handel', 'exact'],
  ['nordwind handel', 'handel nordwind', 'exact'],
  ['nord wind', 'nordwind', 'exact'],
  ['nordwind', 'nordwint', 'similar'],
  ['nordwind handel', 'nordwind handels bremen', 'similar'],
  ['nordwind bremen', 'bremen handel nordwind', 'similar'],
  ['abc', 'allgemeine bremer chemie', 'similar'],
  ['nordwind', 'nordwind handel', 'part'],
  ['nordwind handel', 'suedlicht handel', 'part'],
  ['studio 53', 'studio 54', 'part'],
  ['nordwind', 'suedlicht', 'different'],
])('organisations called %s and %s are %s', (a, b, level) => {
  expect(levelOf('party_name', { organisation: a }, { organisation: b })).toBe(level)
  expect(levelOf('party_name', { organisation: b }, { organisation: a })).toBe(level)
})

test('an organisation is compared as a party only where nothing of a person is said', () => {
  const nordwind = { organisation: 'nordwind' }
  const anna = { ...named('anna/vogel'), ...nordwind }
  expect(levelOf('party_name', anna, anna)).toBe('missing')
  expect(levelOf('organisation', anna, anna)).toBe('exact')
  expect(levelOf('organisation', nordwind, nordwind)).toBe('missing')
  expect(levelOf('party_name', nordwind, anna)).toBe('different')
  expect(levelOf('party_name', { ...nordwind, emails: ['anna.vogel@a.example'] }, anna)).toBe('missing')
  expect(levelOf('party_name', { ...nordwind, emails: ['info@a.example'] }, anna)).toBe('different')
})

test.each([
  ['passport_id', '1', '1', 'shared'],
  ['passport_id', '1', '2', 'different'],
  ['device_id', '1', '2', 'missing'],
] as const)('a %s of %s and one of %s are %s', (kind, a, b, level) => {
  expect(levelOf('identifier', { identifiers: [{ kind, value: a }] }, { identifiers: [{ kind, value: b }] })).toBe(
    level,
  )
})

test('people of one nickname are related to its full names, which are not related to each other', () => {
  expect(shareNickname('pat', 'patrick') && shareNickname('pat', 'patricia')).toBe(true)
  expect(shareNickname('patrick', 'patricia')).toBe(false)
  expect(shareNickname('anna', 'anna')).toBe(false)
})

test('nicknames are lower-case letters, two or more to a group', () => {
  for (const group of NICKNAME_GROUPS) expect(group).toMatch(/^[a-z-]+( [a-z]+)+$/)
})
