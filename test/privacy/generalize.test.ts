import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deriveKeyring } from '../../src/privacy/derive-keyring.ts'
import { derivePseudonym } from '../../src/privacy/derive-pseudonym.ts'
import { generalizeAge } from '../../src/privacy/generalize-age.ts'
import { generalizeEmail } from '../../src/privacy/generalize-email.ts'
import { generalizePostcode } from '../../src/privacy/generalize-postcode.ts'

const NOON = Date.UTC(2026, 5, 15, 12)

describe('generalizeAge', () => {
  it.each([
    [{ year: 2008, month: 6, day: 16 }, 'under 18'],
    [{ year: 2008, month: 6, day: 15 }, '18-24'],
    [{ year: 2001, month: 6, day: 16 }, '18-24'],
    [{ year: 2001, month: 6, day: 15 }, '25-34'],
    [{ year: 1951, month: 6, day: 16 }, '65-74'],
    [{ year: 1951, month: 6, day: 15 }, '75+'],
    [{ year: 2026, month: 6, day: 15 }, 'under 18'],
    [{ year: 1904, month: 1, day: 1 }, '75+'],
  ])('changes the band on the birthday: %o is %s', (birthDate, band) => {
    expect(generalizeAge(birthDate, NOON)).toBe(band)
  })

  it('makes a person born on 29 February older on 1 March', () => {
    const birthDate = { year: 2008, month: 2, day: 29 }
    expect(generalizeAge(birthDate, Date.UTC(2026, 1, 28, 23, 59))).toBe('under 18')
    expect(generalizeAge(birthDate, Date.UTC(2026, 2, 1))).toBe('18-24')
  })

  it('gives a partial date a band only when every day in it gives the same', () => {
    expect(generalizeAge({ year: 1990 }, NOON)).toBe('35-44')
    expect(generalizeAge({ year: 2008 }, NOON)).toBeUndefined()
    expect(generalizeAge({ year: 2008, month: 6 }, NOON)).toBeUndefined()
    expect(generalizeAge({ year: 2008, month: 5 }, NOON)).toBe('18-24')
  })

  it('gives no band without a date, for the unborn and for the impossibly old', () => {
    expect(generalizeAge(undefined, NOON)).toBeUndefined()
    expect(generalizeAge({ year: 2026, month: 6, day: 16 }, NOON)).toBeUndefined()
    expect(generalizeAge({ year: 1880, month: 1, day: 1 }, NOON)).toBeUndefined()
  })
})

describe('generalizePostcode', () => {
  it.each([
    ['10115', 'DE', '10'],
    ['75008', 'FR', '75'],
    ['94107', 'US', '941'],
    ['1017AB', 'NL', '10'],
    ['SW1A1AA', 'GB', 'SW'],
    ['M11AE', 'GB', 'M'],
    ['K1A0B1', 'CA', 'K1'],
    ['1000001', 'JP', '100'],
    ['1010', 'AT', '10'],
    ['12345', undefined, '12'],
    ['12345', 'constructor', '12'],
  ])('keeps the region of %s in %s: %s', (postcode, country, region) => {
    expect(generalizePostcode(postcode, country)).toBe(region)
  })

  it('hides areas of few people and codes too short to hide anything', () => {
    expect(generalizePostcode('03601', 'US')).toBeUndefined()
    expect(generalizePostcode('101', 'IS')).toBeUndefined()
    expect(generalizePostcode('12345', 'GB')).toBeUndefined()
    expect(generalizePostcode(undefined, 'DE')).toBeUndefined()
    expect(generalizePostcode('', 'DE')).toBeUndefined()
  })

  it('never shows the whole postcode', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[A-Z0-9]{1,9}$/),
        fc.constantFrom('US', 'GB', 'DE', 'IE', 'XX'),
        (code, country) => {
          const region = generalizePostcode(code, country)
          if (region !== undefined) {
            expect(code.startsWith(region)).toBe(true)
            expect(region.length).toBeLessThan(code.length)
          }
        },
      ),
    )
  })
})

describe('generalizeEmail', () => {
  it.each([
    ['anna@gmail.com', 'freemail'],
    ['anna@GMX.de', 'freemail'],
    ['anna@acme.example', 'company'],
    ['anna@lindqvist-family.example', 'company'],
    [undefined, 'none'],
    ['', 'none'],
    ['anna', 'none'],
    ['anna@', 'none'],
    ['@gmail.com', 'none'],
  ])('says of %s only: %s', (email, kind) => {
    expect(generalizeEmail(email)).toBe(kind)
  })
})

describe('derivePseudonym', () => {
  const keyring = deriveKeyring(Buffer.alloc(32, 1))

  it('is stable, and has a form of its own', () => {
    expect(derivePseudonym(keyring, 'prf_1', 'marketing')).toMatch(/^p_[0-9a-f]{32}$/)
    expect(derivePseudonym(keyring, 'prf_1', 'marketing')).toBe(derivePseudonym(keyring, 'prf_1', 'marketing'))
  })

  it('differs by profile, by purpose and by key', () => {
    const names = [
      derivePseudonym(keyring, 'prf_1', 'marketing'),
      derivePseudonym(keyring, 'prf_2', 'marketing'),
      derivePseudonym(keyring, 'prf_1', 'billing'),
      derivePseudonym(keyring, ':b', 'a'),
      derivePseudonym(keyring, 'b', 'a:'),
      derivePseudonym(deriveKeyring(Buffer.alloc(32, 2)), 'prf_1', 'marketing'),
    ]
    expect(new Set(names).size).toBe(names.length)
  })
})
