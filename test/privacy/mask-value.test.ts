import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { maskValue } from '../../src/privacy/mask-value.ts'

describe('a masked value', () => {
  test.each([
    ['mira', 'm•••'],
    ['mira.ostrander@mailhaven.net', 'm•••.o•••@m•••.n•••'],
    ['+441514960182', '+•••82'],
    ['1984-03-07', '•••84-•••-•••'],
    ['bramble close, 12, KB13 9TB', 'b••• c•••, •••, K•••••• •••T•••'],
    ['', ''],
  ])('of %j is %j', (value, masked) => {
    expect(maskValue(value)).toBe(masked)
  })

  test('tells of no word more than a letter and of no number more than two digits', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'é', 'ß', 'Ω', '名', '7', '٣', '-', ' ', '@') }), (value) => {
        const masked = maskValue(value)
        expect(masked).not.toMatch(/[\p{L}\p{M}]{2}|\p{N}{3}/u)
        expect(maskValue(value)).toBe(masked)
      }),
    )
  })
})
