import fc from 'fast-check'
import parsePhoneNumber from 'libphonenumber-js/max'
import type { CountryCode } from 'libphonenumber-js/max'
import { describe, expect, it } from 'vitest'
import { normalizePhone } from '../../src/record/normalize-phone.ts'

describe('a telephone number', () => {
  it.each([
    ['030 901820', 'DE', '+4930901820'],
    ['+49 (0)30 90 18 20', 'US', '+4930901820'],
    ['0049-30-901820', 'FR', '+4930901820'],
    ['030/901820', 'DE', '+4930901820'],
    ['tel:+49-30-901820', 'DE', '+4930901820'],
    ['\u202A+49 30 901820\u202C', 'DE', '+4930901820'],
    ['(212) 736-5000', 'US', '+12127365000'],
    ['1-212-736-5000 ext. 12', 'US', '+12127365000'],
    ['212.736.5000', 'CA', '+12127365000'],
    ['020 7219 3000', 'GB', '+442072193000'],
    ['07624 301234', 'GB', '+447624301234'],
    ['01 42 68 53 00', 'FR', '+33142685300'],
    ['06 698 12345', 'IT', '+390669812345'],
    ['8 (495) 123-45-67', 'RU', '+74951234567'],
    ['011 15-2345-6789', 'AR', '+5491123456789'],
    ['(11) 91234-5678', 'BR', '+5511912345678'],
    ['０３０ ９０１８２０', 'DE', '+4930901820'],
    ['+800 1234 5678', 'DE', '+80012345678'],
  ])('%j dialled in %s is %s', (raw, region, phone) => {
    expect(normalizePhone(raw, region)).toEqual({ value: phone })
  })

  it.each([
    ['12', 'DE'],
    ['030 901820', 'nowhere'],
    ['+999 123456', 'DE'],
    ['+1 012 345 6789', 'US'],
    ['call me', 'DE'],
    ['1-800-FLOWERS', 'US'],
    ['+', 'DE'],
    ['9'.repeat(70), 'DE'],
    ['+49 30 901820 / +49 30 901821', 'DE'],
  ])('%j dialled in %s is invalid', (raw, region) => {
    expect(normalizePhone(raw, region)).toEqual({ issue: 'phone.invalid' })
  })

  it('is missing when no digit and no letter is given', () => {
    expect(normalizePhone(' - ', 'DE')).toBeUndefined()
  })

  const regions = [
    'DE',
    'US',
    'CA',
    'GB',
    'JE',
    'FR',
    'IT',
    'VA',
    'ES',
    'RU',
    'KZ',
    'AR',
    'BR',
    'MX',
    'JP',
    'IN',
    'AT',
    'AU',
    'HU',
  ]

  it('reads plain digits exactly as the full parser does, by the quick way or not', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 3, maxLength: 14 })
    const start = fc.constantFrom('', '0', '00', '+', '+49', '+1', '+44', '+39', '+7', '+54', '8', '1', '0049', '+490')
    fc.assert(
      fc.property(fc.constantFrom(...regions), start, digits, (region, prefix, rest) => {
        const raw = prefix + rest
        const parsed = parsePhoneNumber(raw.replace(/^00/, '+'), {
          defaultCountry: region as CountryCode,
          extract: false,
        })
        expect(normalizePhone(raw, region)?.value).toBe(parsed?.isValid() === true ? parsed.number : undefined)
      }),
      { numRuns: 10_000 },
    )
  })

  it('once in E.164 depends on no region', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 6, maxLength: 11 })
    fc.assert(
      fc.property(fc.constantFrom(...regions), fc.constantFrom(...regions), digits, (home, away, raw) => {
        const phone = normalizePhone(raw, home)?.value
        if (phone !== undefined) expect(normalizePhone(phone, away)).toEqual({ value: phone })
      }),
      { numRuns: 5_000 },
    )
  })
})
