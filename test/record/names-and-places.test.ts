import { describe, expect, it } from 'vitest'
import { normalizeAddress } from '../../src/record/normalize-address.ts'
import { normalizeCountry } from '../../src/record/normalize-country.ts'
import { normalizeCurrency } from '../../src/record/normalize-currency.ts'
import { normalizeIdentifier } from '../../src/record/normalize-identifier.ts'
import { normalizeName } from '../../src/record/normalize-name.ts'
import { normalizeNumber } from '../../src/record/normalize-number.ts'
import { normalizeOrganisation } from '../../src/record/normalize-organisation.ts'
import { normalizePostcode } from '../../src/record/normalize-postcode.ts'
import { normalizeSex } from '../../src/record/normalize-sex.ts'
import { normalizeStreet } from '../../src/record/normalize-street.ts'
import { normalizeUrl } from '../../src/record/normalize-url.ts'
import { parseFullName } from '../../src/record/parse-full-name.ts'

describe('a name', () => {
  it.each([
    ['Jürgen', ['jurgen']],
    ['JOSÉ MARÍA', ['jose', 'maria']],
    ['O’Brien-Łoś', ['o', 'brien', 'los']],
    ['Groß', ['gross']],
    ['Ægir Þórðarson', ['aegir', 'thordarson']],
    ['Dr. Prof. Yıldız', ['yildiz']],
    ['Smith Jr.', ['smith', 'jr']],
    ['Smith Senior, PhD', ['smith', 'sr']],
    ['Smith MBA', ['smith']],
    ['Junior', ['junior']],
    ['Dr', ['dr']],
    ['İpek', ['ipek']],
    ['Иванов', ['иванов']],
    ['李小龙', ['李小龙']],
    ['अनिता', ['अनिता']],
    ['Jean\u00ADLuc', ['jeanluc']],
  ])('%j has the tokens %j', (raw, tokens) => {
    expect(normalizeName(raw)).toEqual(tokens)
  })

  it('without a letter or digit is missing', () => {
    expect(normalizeName('- .')).toBeUndefined()
  })

  it.each([
    ['Anna Maria Beispiel', 'DE', 'Anna Maria', 'Beispiel'],
    ['Beispiel, Anna Maria', 'DE', 'Anna Maria', 'Beispiel'],
    ['BEISPIEL Anna', 'FR', 'Anna', 'BEISPIEL'],
    ['Dr. Ludwig van der Rohe', 'DE', 'Ludwig', 'van der Rohe'],
    ['von der Heide, Anna', 'DE', 'Anna', 'von der Heide'],
    ['Al Beispiel', 'US', 'Al', 'Beispiel'],
    ['John E Sample, Jr.', 'US', 'John E', 'Sample Jr.'],
    ['Sample Sr, John E', 'US', 'John E', 'Sample Sr'],
    ['Sample, John E, III, PhD', 'US', 'John E', 'Sample III'],
    ['Junior', 'US', 'Junior', undefined],
    ['Sample, John, PhD', 'US', 'John', 'Sample'],
    ['William (Bill) Sample III', 'US', 'William', 'Sample III'],
    ['José García López', 'ES', 'José', 'García López'],
    ['José García López', 'DE', 'José García', 'López'],
    ['Frau Beispiel', 'DE', undefined, 'Beispiel'],
    ['Anna', 'DE', 'Anna', undefined],
    [' , ', 'DE', undefined, undefined],
  ])('in full %j (%s) splits into %j and %j', (raw, region, given, family) => {
    expect(parseFullName(raw, region)).toEqual({ ...(given && { given }), ...(family && { family }) })
  })
})

describe('a street', () => {
  it.each([
    ['Hauptstr. 12a', 'hauptstrasse', '12a'],
    ['Hauptstraße 12 A', 'hauptstrasse', '12a'],
    ['12 Main St.', 'main street', '12'],
    ['12a N Main St Apt 4B', 'north main street', '12a'],
    ['Unit 4/12 George St', 'george street', '12'],
    ['Flat 3, 12 Baker Rd', 'baker road', '12'],
    ['350 5th Ave', '5th avenue', '350'],
    ['5th Avenue 12', '5th avenue', '12'],
    ['Straße des 17. Juni 135', 'strasse des 17 juni', '135'],
    ['12 bis bd de la Paix', 'boulevard de la paix', '12bis'],
    ['Musterweg 3 - 5', 'musterweg', '3-5'],
    ['St Johns Blvd', 'saint johns boulevard', undefined],
    ['Am Markt', 'am markt', undefined],
    ['Rose Court 12a High St', 'high street', '12a'],
    ['Adler Apartments 638 N Downey Ave', 'north downey avenue', '638'],
    ['Block 3 12 High Street', 'block 3 12 high street', undefined],
    ['Avenue 5 Road', 'avenue 5 road', undefined],
  ])('%j is %j and %j', (raw, street, houseNumber) => {
    expect(normalizeStreet(raw)).toEqual({ street, ...(houseNumber && { houseNumber }) })
  })
})

describe('an address', () => {
  it.each([
    ['Hauptstr. 12, D-10115 Berlin, Deutschland', 'hauptstrasse', '12', 'berlin', '10115', 'DE'],
    ['Hauptstr. 12\n10115 Berlin', 'hauptstrasse', '12', 'berlin', '10115', undefined],
    ['12 Main St, Springfield, IL 62704-1234, USA', 'main street', '12', 'springfield', '62704', 'US'],
    ['10 Downing St, London SW1A 2AA', 'downing street', '10', 'london', 'SW1A2AA', undefined],
    ['12 rue de la Paix, 75002 Paris, France', 'rue de la paix', '12', 'paris', '75002', 'FR'],
    ['Damrak 1, 1012 LG Amsterdam', 'damrak', '1', 'amsterdam', '1012LG', undefined],
    ['1 George St, Sydney NSW 2000, Australia', 'george street', '1', 'sydney', '2000', 'AU'],
    ['Calle Mayor 5, Madrid', 'calle mayor', '5', 'madrid', undefined, undefined],
    ['Flat 3, Rose Court, 12 High Street, Leeds LS1 4AB', 'high street', '12', 'leeds', 'LS14AB', undefined],
    ['12, High Street, Leeds LS1 4AB', 'high street', '12', 'leeds', 'LS14AB', undefined],
    ['8 Marina View, Asia Square, Singapore 018960', 'marina view', '8', 'singapore', '018960', undefined],
    ['12 MG Road, Pune, 411001, India', 'mg road', '12', 'pune', '411001', 'IN'],
    ['12 Main St, Suite 900, Springfield, IL 62704', 'main street', '12', 'springfield', '62704', undefined],
  ])('in one line %j is taken apart', (line, street, houseNumber, city, postcode, country) => {
    expect(normalizeAddress({}, line).value).toMatchObject({
      ...{ street, houseNumber, city },
      ...(postcode && { postcode }),
      ...(country && { country }),
    })
  })

  it('in parts wins over the line, and a number of its own over the one in the street', () => {
    const { value } = normalizeAddress(
      { street: 'Hauptstr. 1', houseNumber: '12 A', city: 'Köln' },
      'Am Markt 3, 10115 Berlin',
    )
    expect(value).toEqual({ street: 'hauptstrasse', houseNumber: '12a', city: 'koln', postcode: '10115' })
  })

  it('written as a whole where the street belongs is taken apart, and fills only what has no part of its own', () => {
    expect(normalizeAddress({ street: '12 Main St, Springfield, IL 62704' }).value).toEqual(
      normalizeAddress({}, '12 Main St, Springfield, IL 62704').value,
    )
    expect(
      normalizeAddress({ street: 'Rose Court, 12 High Street', city: 'Leeds', postcode: 'LS1 4AB' }).value,
    ).toEqual({
      ...{ street: 'high street', houseNumber: '12', city: 'leeds', postcode: 'LS14AB' },
    })
  })

  it('with a country nobody knows keeps the rest, and no country is made up', () => {
    expect(normalizeAddress({ city: 'Berlin', country: 'Atlantis' })).toEqual({
      value: { city: 'berlin' },
      issue: 'country.invalid',
    })
    expect(normalizeAddress({})).toEqual({})
  })

  it.each([
    ['D-10115', undefined, '10115'],
    ['sw1a 1aa', undefined, 'SW1A1AA'],
    ['00-950', 'PL', '00950'],
    ['62704-1234', 'US', '62704'],
    ['62704-1234', undefined, '627041234'],
    ['---', undefined, undefined],
    ['12345678901', undefined, undefined],
  ])('postcode %j (%s) is %j', (raw, country, postcode) => {
    expect(normalizePostcode(raw, country)).toBe(postcode)
  })

  it.each([
    ['Deutschland', 'DE'],
    ['deu', 'DE'],
    ['276', 'DE'],
    ['UK', 'GB'],
    ['États-Unis', 'US'],
    ['United States of America', 'US'],
    ['España', 'ES'],
    ['Côte d’Ivoire', 'CI'],
  ])('country %j is %s', (raw, code) => {
    expect(normalizeCountry(raw)).toEqual({ value: code })
  })
})

describe('an organisation', () => {
  it.each([
    ['Beispiel GmbH & Co. KG', 'beispiel'],
    ['The Sample Company, Inc.', 'sample'],
    ['A. B. C. Ltd', 'abc'],
    ['Exemple S.à r.l.', 'exemple'],
    ['Przykład Sp. z o.o.', 'przyklad'],
    ['Limited', 'limited'],
  ])('%j is %j', (raw, organisation) => {
    expect(normalizeOrganisation(raw)).toBe(organisation)
  })
})

describe('small vocabularies', () => {
  it('a sex is read in several languages, an unsaid one is missing', () => {
    expect(['Female', 'w', 'männlich', 'H', 'divers', '2'].map((raw) => normalizeSex(raw)?.value)).toEqual([
      ...['f', 'f', 'm', 'm', 'x', 'f'],
    ])
    expect(normalizeSex('0')).toBeUndefined()
    expect(normalizeSex('blue')).toEqual({ issue: 'sex.invalid' })
  })

  it('a currency is a code or a sign, shared signs by region', () => {
    expect(['eur', '€', '$', 'kr'].map((raw) => normalizeCurrency(raw, 'SE')?.value)).toEqual([
      'EUR',
      'EUR',
      'USD',
      'SEK',
    ])
    expect(normalizeCurrency('$', 'CA')).toEqual({ value: 'CAD' })
    expect(normalizeCurrency('kr', 'DE')).toEqual({ issue: 'currency.invalid' })
  })

  it.each([
    ['1,234.56', 1234.56, 1234.56],
    ['1.234,56', 1234.56, 1234.56],
    ["1'234.50", 1234.5, 1234.5],
    ['1 234,56 €', 1234.56, 1234.56],
    ['1,234', 1234, 1.234],
    ['1.234', 1.234, 1234],
    ['0.123', 0.123, 0.123],
    ['1,234,567', 1234567, 1234567],
    ['12,34,567.8', 1234567.8, 1234567.8],
    ['US$5', 5, 5],
    ['(12.50)', -12.5, -12.5],
    ['-5', -5, -5],
    ['5-', -5, -5],
    ['1E5', 100000, 100000],
    ['00123', 123, 123],
    ['-0', 0, 0],
  ])('number %j is %d where the point is decimal and %d where the comma is', (raw, point, comma) => {
    expect(normalizeNumber(raw, '.')).toEqual({ value: point })
    expect(normalizeNumber(raw, ',')).toEqual({ value: comma })
  })

  it.each(['abc', '5%', '1.2.3', '1,234,56', '--5', '(-5)', '1e999', 'Infinity', 'NaN', '0x10', 'call 555', '1 2/3'])(
    'number %j is invalid',
    (raw) => {
      expect(normalizeNumber(raw)).toEqual({ issue: 'number.invalid' })
    },
  )

  it.each([
    ['HTTP://User:Pw@Shop.Beispiel.DE:80/a?utm_source=x#frag', 'http://shop.beispiel.de/a?utm_source=x'],
    ['shop.beispiel.de/a', 'https://shop.beispiel.de/a'],
    ['/cart?x=1#top', '/cart?x=1'],
  ])('address %j is %j', (raw, url) => {
    expect(normalizeUrl(raw)).toEqual({ value: url })
  })

  it.each(['javascript:alert(1)', 'data:text/html,x', 'not an address', 'http://', '/\\elsewhere.de', 'file:///etc'])(
    'address %j is invalid',
    (raw) => {
      expect(normalizeUrl(raw)).toEqual({ issue: 'url.invalid' })
    },
  )

  it('an identifier keeps its case and zeros, loses a data frame’s .0, and is refused when a spreadsheet cut it', () => {
    expect(normalizeIdentifier('user_id', ' 00Ab ')).toEqual({ value: '00Ab' })
    expect(normalizeIdentifier('customer_id', '17850.0')).toEqual({ value: '17850' })
    expect(normalizeIdentifier('user_id', 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11')?.value).toBe(
      'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',
    )
    expect(normalizeIdentifier('customer_id', '1.23457E+11')).toEqual({ issue: 'customer_id.mangled' })
    expect(normalizeIdentifier('customer_id', '1E5')).toEqual({ value: '1E5' })
    expect(normalizeIdentifier('national_id', '078-05-1120')).toEqual({ value: '078051120' })
    expect(normalizeIdentifier('passport_id', 'c01x 00t47')).toEqual({ value: 'C01X00T47' })
    expect(normalizeIdentifier('national_id', '1120')).toEqual({ issue: 'national_id.too_short' })
    expect(normalizeIdentifier('device_id', 'x'.repeat(1025))).toEqual({ issue: 'device_id.too_long' })
    expect(normalizeIdentifier('device_id', 'a\u0007b')).toEqual({ issue: 'device_id.invalid' })
  })
})
