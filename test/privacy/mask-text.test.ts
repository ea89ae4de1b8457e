import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maskText } from '../../src/privacy/mask-text.ts'

const pieces = fc.constantFrom(
  'anna.lindqvist@example.org',
  '+49 30 1234567',
  '(030) 123-4567',
  '4111 1111 1111 1111',
  '5500005555555559',
  'DE89 3704 0044 0532 0130 00',
  'GB82WEST12345698765432',
  '2026-01-31',
  'INV20260001',
  '@',
  '.',
  '-',
  ' ',
  'call me',
  '12',
  '[phone]',
  'ü',
)

describe('maskText', () => {
  it.each([
    ['Write to anna.lindqvist+news@mail.example.org.', 'Write to [email].'],
    ['<jörg@bücher.example>', '<[email]>'],
    ['Call +49 (0)30 1234-5678 today', 'Call [phone] today'],
    ['Call 030/1234567', 'Call [phone]'],
    ['my number is 555-1234', 'my number is [phone]'],
    ['card 4111 1111 1111 1111 12/26', 'card [card] 12/26'],
    ['card 4111111111111111.', 'card [card].'],
    ['amex 3782-822463-10005', 'amex [card]'],
    ['to DE89 3704 0044 0532 0130 00 please', 'to [iban] please'],
    ['to gb82west12345698765432', 'to [iban]'],
  ])('masks %s', (text, masked) => {
    expect(maskText(text)).toBe(masked)
  })

  it.each([
    'on 2026-01-31 10:30 I paid 1,234.50',
    'order INV20260012345 of 31.12.2026',
    'rated 5/5, 10 of 10, 3.14159',
    'meet @ noon, a@b, @handle',
    'tracking 4111111111111112',
    'DE88 A',
    '',
  ])('leaves alone: %s', (text) => {
    expect(maskText(text)).toBe(text)
  })

  it('leaves no e-mail address, card or account standing, whatever is around it', () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), fc.array(pieces, { maxLength: 12 }), (before, after) => {
        const masked = maskText([...before, 'otto.berg@example.com', ...after].join(' '))
        expect(masked).not.toContain('otto.berg')
        expect(maskText([...before, '|', '5500005555555559', '|', ...after].join(' '))).not.toContain(
          '5500005555555559',
        )
      }),
    )
  })

  it('changes nothing when repeated', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(pieces, fc.string({ maxLength: 4 })), { maxLength: 14 }),
        fc.boolean(),
        (parts, glued) => {
          const masked = maskText(parts.join(glued ? '' : ' '))
          expect(maskText(masked)).toBe(masked)
        },
      ),
      { numRuns: 1000 },
    )
  })

  it.each(['a', '@', 'a@', '1', '1 ', 'DE12 ', 'a.', '4111 ', '5500005555555559 ', '31.01.2026 ', '+(', '1.'])(
    'is done soon with a long text of %s',
    (piece) => {
      const text = `${piece.repeat(100_000)}@${piece.repeat(100_000)}`
      // A quadratic search would need minutes; the runner's time limit is the assertion.
      expect(maskText(text).length).toBeGreaterThan(0)
    },
  )
})
