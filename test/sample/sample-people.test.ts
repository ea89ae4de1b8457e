import phones from 'libphonenumber-js/max'
import { parse as parseDomain } from 'tldts'
import { describe, expect, test } from 'vitest'

import { isPlaceholder } from '../../src/quality/is-placeholder.ts'
import { COUNTRIES } from '../../src/sample/countries.ts'
import { generateSample } from '../../src/sample/generate-sample.ts'
import { inventPeople } from '../../src/sample/invent-people.ts'
import { EMPLOYERS } from '../../src/sample/occupations.ts'
import { groupBy } from './group-by.ts'
import { csvRows } from './sample-tables.ts'

const sample = generateSample({ seed: 1 })
const { expected } = sample

describe('invented people', () => {
  const { people } = inventPeople(1, 2_000, sample.asOf)

  test('mobile numbers and e-mails are unique, and every number is valid in its country', () => {
    const mobiles = people.flatMap(({ mobile }) => (mobile === undefined ? [] : [mobile]))
    const emails = people.flatMap((person) => person.emails)
    expect(new Set(mobiles).size).toBe(mobiles.length)
    expect(new Set(emails).size).toBe(emails.length)
    for (const { country, mobile, landline } of people) {
      for (const phone of [mobile, landline]) {
        if (phone !== undefined) expect(phones(phone)).toMatchObject({ country: country.code, number: phone })
        if (phone !== undefined) expect(phones(phone)?.isValid()).toBe(true)
      }
    }
  })

  test('every number in the files is read back to a number of the sample', () => {
    const known = new Set(
      inventPeople(1, 800, sample.asOf).people.flatMap(({ mobile, landline }) => [mobile, landline]),
    )
    for (const row of csvRows(sample, 'shop-orders.csv')) {
      const [country, phone] = [row[17], row[18]?.replace("'", '')]
      if (phone) expect(known).toContain(phones(phone, country as 'GB')?.number)
    }
  })

  test('no e-mail or number of a person is a placeholder to Onefold', () => {
    const emails = people.flatMap((person) => [...person.emails, person.householdEmail ?? ''])
    const numbers = people.flatMap(({ mobile, landline }) => [mobile ?? '', landline ?? ''])
    expect(emails.filter((email) => isPlaceholder('email', email))).toEqual([])
    expect(numbers.filter((phone) => isPlaceholder('phone', phone))).toEqual([])
  })

  test('mail domains look real: none is reserved, a placeholder or not registrable', () => {
    const domains = [...COUNTRIES.flatMap(({ mailDomains }) => mailDomains), ...EMPLOYERS.map(({ domain }) => domain)]
    for (const domain of domains) {
      const { domain: registrable, isIcann } = parseDomain(domain)
      expect([domain, isIcann]).toEqual([registrable, true])
      expect(domain).not.toMatch(/example|test|invalid|localhost|dummy|fake|sample|tempmail|none\./)
    }
  })

  test('shares of the countries add up to one, and every country has people', () => {
    expect(COUNTRIES.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1)
    expect(new Set(people.map(({ country }) => country.code)).size).toBe(COUNTRIES.length)
  })

  test('relatives share address and landline; namesakes and twins are there', () => {
    for (const household of groupBy(people, (person) => String(person.household)).values()) {
      expect(new Set(household.map(({ home }) => JSON.stringify(home))).size).toBe(1)
      expect(new Set(household.map(({ landline }) => landline)).size).toBe(1)
    }
    expect(expected.namesakePairs).toBeGreaterThan(3)
    expect(expected.twinPairs).toBeGreaterThan(3)
  })
})
