import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isPlaceholder } from '../../src/quality/is-placeholder.ts'
import { isReserved } from '../../src/quality/is-reserved.ts'

describe('values that only fill a column', () => {
  const everywhere = [
    'null',
    'NULL',
    'None',
    'n/a',
    'N/A',
    'unknown',
    'undefined',
    'NaN',
    '[object Object]',
    '-',
    '---',
    ' null ',
  ]
  it.each(
    (['email', 'phone', 'name', 'identifier', 'text', 'birth_date'] as const).flatMap((kind) =>
      everywhere.map((v) => [kind, v] as const),
    ),
  )('as %s: %j', (kind, value) => {
    expect(isPlaceholder(kind, value)).toBe(true)
  })

  it.each([
    // PostHog's illegal ids, Segment's suggested blocks, Adobe's rejected values.
    ...[
      'anonymous',
      'guest',
      'distinctid',
      'distinct_id',
      'id',
      'not_authenticated',
      'email',
      'undefined',
      'true',
      'false',
    ],
    ...['[object Object]', 'NaN', 'None', 'none', 'null', '0', '-1', '000', '0000-0000', 'void', 'abc123', 'invalid'],
    ...[
      'na',
      'test',
      'xxx',
      'asdf',
      'TEST',
      '0.0',
      '111111',
      '999999999',
      'aaaaaa',
      '123456',
      '123456789',
      '1234567890',
      '987654321',
    ],
    ...[
      '00000000-0000-0000-0000-000000000000',
      'ffffffff-ffff-ffff-ffff-ffffffffffff',
      '000000000000',
      '00:00:00:00:00:00',
    ],
  ])('as identifier: %j', (value) => {
    expect(isPlaceholder('identifier', value)).toBe(true)
  })

  it.each([
    ...[
      'test@test.com',
      'a@a.com',
      'xx@xx.de',
      'noreply@beispiel.de',
      'no-reply@beispiel.de',
      'none@none.com',
      'asdf@asdf.de',
    ],
    ...[
      'anna@example.com',
      'anna@mail.example.org',
      'anna@example.net',
      'anna@firma.test',
      'anna@localhost',
      'anna@x.invalid',
    ],
    ...['test@gmail.com', 'TEST@TEST.COM', 'noemail', 'n/a'],
  ])('as e-mail: %j', (value) => {
    expect(isPlaceholder('email', value)).toBe(true)
  })

  it.each([
    ...[
      '0',
      '000000',
      '0000000000',
      '1111111111',
      '999-999-9999',
      '+1 999 999 9999',
      '+49 111111111',
      '123456789',
      '0123456789',
    ],
    ...['1234567890', '(212) 555-0123', '+12125550199', '555-0100', '-1', 'none'],
  ])('as telephone number: %j', (value) => {
    expect(isPlaceholder('phone', value)).toBe(true)
  })

  it.each(['unknown', 'Test', 'n/a', 'No Name', 'Vorname', 'Last Name', 'xxx', 'anonymous'])('as name: %j', (value) => {
    expect(isPlaceholder('name', value)).toBe(true)
  })

  it.each(['1900-01-01', '1970-01-01', '0001-01-01', '0000-00-00', '1900-01-01T00:00:00'])(
    'as birth date: %j',
    (value) => {
      expect(isPlaceholder('birth_date', value)).toBe(true)
    },
  )
})

describe('values that only look empty', () => {
  it.each([
    ['name', 'Na'],
    ['name', 'Guest'],
    ['name', 'Nullmann'],
    ['name', 'Ng'],
    ['identifier', '7'],
    ['identifier', '11'],
    ['identifier', '12345'],
    ['identifier', '99999'],
    ['identifier', 'guest-4711'],
    ['identifier', '100000'],
    ['identifier', '17850'],
    ['email', 'testa.beispiel@beispiel.de'],
    ['email', 'info@beispiel.de'],
    ['email', 'bmw@bmw-club.de'],
    ['email', 'anna@myexample.com'],
    ['phone', '+12125550200'],
    ['phone', '+12125551212'],
    ['phone', '+4930901820'],
    ['phone', '+495550123'],
    ['birth_date', '1980-01-01'],
    ['text', 'Nancy'],
    ['text', '0'],
    ['text', ''],
    ['identifier', '  '],
  ] as const)('as %s: %j', (kind, value) => {
    expect(isPlaceholder(kind, value)).toBe(false)
  })

  it('the verdict does not depend on case or outer blanks, and no text breaks it', () => {
    const kinds = fc.constantFrom('email', 'phone', 'name', 'birth_date', 'identifier', 'text')
    fc.assert(
      fc.property(kinds, fc.string({ unit: 'grapheme-ascii' }), (kind, value) => {
        expect(isPlaceholder(kind, ` ${value.toUpperCase()}\t`)).toBe(isPlaceholder(kind, value))
      }),
    )
    fc.assert(fc.property(kinds, fc.string({ unit: 'binary' }), (kind, value) => void isPlaceholder(kind, value)))
  })

  it('reserved numbers are North American lines 0100 to 0199 only', () => {
    expect(isReserved('phone', '212 555 0100')).toBe(true)
    expect(isReserved('phone', '212 555 0099')).toBe(false)
    expect(isReserved('phone', '+44 212 555 0100')).toBe(false)
  })
})
