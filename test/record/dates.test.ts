import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileZone } from '../../src/record/compile-zone.ts'
import { deriveRegionHabits } from '../../src/record/derive-region-habits.ts'
import { normalizeBirthDate } from '../../src/record/normalize-birth-date.ts'
import { normalizeTimestamp } from '../../src/record/normalize-timestamp.ts'

const asOf = new Date('2026-11-22T12:00:00Z')
const day = (year: number, month?: number, date?: number) => ({
  year,
  ...(month !== undefined && { month }),
  ...(date !== undefined && { day: date }),
})

describe('a birth date', () => {
  it.each([
    ['1980-05-12', 'dmy', day(1980, 5, 12)],
    ['1980/5/12', 'mdy', day(1980, 5, 12)],
    ['19800512', 'dmy', day(1980, 5, 12)],
    ['13051980', 'dmy', day(1980, 5, 13)],
    ['05131980', 'mdy', day(1980, 5, 13)],
    ['13.05.1980', 'dmy', day(1980, 5, 13)],
    ['05/13/1980', 'mdy', day(1980, 5, 13)],
    ['12 May 1980', 'mdy', day(1980, 5, 12)],
    ['May 12th, 1980', 'dmy', day(1980, 5, 12)],
    ['12. März 1980', 'dmy', day(1980, 3, 12)],
    ['1er août 1980', 'dmy', day(1980, 8, 1)],
    ['12 de mayo de 1980', 'dmy', day(1980, 5, 12)],
    ['12-Dez-1980', 'dmy', day(1980, 12, 12)],
    ['1980-05-12T00:00:00.000Z', 'dmy', day(1980, 5, 12)],
    ['12.05.1980 00:00', 'ymd', day(1980, 5, 12)],
    ['1980', 'dmy', day(1980)],
    ['1980-05', 'dmy', day(1980, 5)],
    ['05/1980', 'dmy', day(1980, 5)],
    ['1980-00-00', 'dmy', day(1980)],
    ['1980-01-01', 'dmy', day(1980, 1, 1)],
    ['29.02.2000', 'dmy', day(2000, 2, 29)],
    ['22.11.2026', 'dmy', day(2026, 11, 22)],
    ['1906-11-22', 'dmy', day(1906, 11, 22)],
  ] as const)('%j, expected as %s, is read', (raw, order, value) => {
    expect(normalizeBirthDate(raw, { order, declared: true, asOf })).toEqual({ value })
  })

  it.each([
    ['29.02.1981', 'birth_date.invalid'],
    ['31.04.1980', 'birth_date.invalid'],
    ['29221', 'birth_date.invalid'],
    ['29221.5', 'birth_date.invalid'],
    ['1980-13-13', 'birth_date.invalid'],
    ['12 Foo 1980', 'birth_date.invalid'],
    ['May May 1980', 'birth_date.invalid'],
    ['about 1980', 'birth_date.invalid'],
    ['1970-01-01', 'birth_date.default'],
    ['01.01.1900', 'birth_date.default'],
    ['0001-01-01T00:00:00', 'birth_date.default'],
    ['0000-00-00', 'birth_date.default'],
    ['2026-11-23', 'birth_date.out_of_range'],
    ['2027', 'birth_date.out_of_range'],
    ['1905-11-21', 'birth_date.out_of_range'],
  ])('%j is kept out: %s', (raw, issue) => {
    expect(normalizeBirthDate(raw, { order: 'dmy', declared: true, asOf })).toEqual({ issue })
  })

  it('that can be read both ways follows the order, and is flagged unless the order is declared', () => {
    const both = '03/04/1980'
    expect(normalizeBirthDate(both, { order: 'dmy', declared: false, asOf })).toEqual({
      value: day(1980, 4, 3),
      issue: 'birth_date.ambiguous',
    })
    expect(normalizeBirthDate(both, { order: 'mdy', declared: false, asOf })?.value).toEqual(day(1980, 3, 4))
    expect(normalizeBirthDate(both, { order: 'mdy', declared: true, asOf })).toEqual({ value: day(1980, 3, 4) })
    expect(normalizeBirthDate('04/04/1980', { order: 'dmy', declared: false, asOf })?.issue).toBeUndefined()
  })

  it('that fits only the other order is read that way and flagged', () => {
    expect(normalizeBirthDate('12/25/1980', { order: 'dmy', declared: true, asOf })).toEqual({
      value: day(1980, 12, 25),
      issue: 'birth_date.swapped',
    })
  })

  it('with a two-digit year is the latest that has begun', () => {
    const read = (raw: string) => normalizeBirthDate(raw, { order: 'dmy', declared: true, asOf })
    expect(read('13.05.26')).toEqual({ value: day(2026, 5, 13), issue: 'birth_date.two_digit_year' })
    expect(read('13.05.27')).toEqual({ value: day(1927, 5, 13), issue: 'birth_date.two_digit_year' })
  })

  it('of any day survives each of its spellings', () => {
    const days = fc.date({ min: new Date('1907-01-01'), max: asOf, noInvalidDate: true })
    fc.assert(
      fc.property(days, (date) => {
        const [year, month, number] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()]
        fc.pre(!(year === 1970 && month === 1 && number === 1))
        for (const raw of [`${year}-${month}-${number}`, `${number}.${month}.${year}`]) {
          expect(normalizeBirthDate(raw, { order: 'dmy', declared: true, asOf })).toEqual({
            value: day(year, month, number),
          })
        }
      }),
    )
  })
})

describe('an instant', () => {
  it.each([
    ['2024-05-12', '2024-05-12T00:00:00.000Z'],
    ['2024-05-31T10:15', '2024-05-31T10:15:00.000Z'],
    ['2024-05-12T10:15:00Z', '2024-05-12T10:15:00.000Z'],
    ['2024-05-12 10:15:00.123456+02', '2024-05-12T08:15:00.123Z'],
    ['2024-05-12T10:15:00,5+0530', '2024-05-12T04:45:00.500Z'],
    ['20240512T101500Z', '2024-05-12T10:15:00.000Z'],
    ['20240512101500', '2024-05-12T10:15:00.000Z'],
    ['1715508900', '2024-05-12T10:15:00.000Z'],
    ['1715508900.25', '2024-05-12T10:15:00.250Z'],
    ['1715508900123', '2024-05-12T10:15:00.123Z'],
    ['1715508900123456', '2024-05-12T10:15:00.123Z'],
    ['1715508900123456789', '2024-05-12T10:15:00.123Z'],
    ['Sun, 12 May 2024 10:15:00 GMT', '2024-05-12T10:15:00.000Z'],
    ['Sun May 12 10:15:00 2024', '2024-05-12T10:15:00.000Z'],
    ['Sun May 12 2024 10:15:00 GMT+0200 (Central European Summer Time)', '2024-05-12T08:15:00.000Z'],
    ['12/May/2024:10:15:00 +0200', '2024-05-12T08:15:00.000Z'],
    ['May 13, 2024 12:04 AM', '2024-05-13T00:04:00.000Z'],
    ['31.12.2024 23:59:59', '2024-12-31T23:59:59.000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
  ])('%j is %s', (raw, iso) => {
    expect(normalizeTimestamp(raw)?.value?.toISOString()).toBe(iso)
    expect(normalizeTimestamp(raw)?.issue).toBeUndefined()
  })

  it.each([
    ...[
      '2024-05-12T24:00',
      '2024-05-12T24:00:00Z',
      '2024-06-30T23:59:60Z',
      '2023-02-29',
      '2024-02-30 10:00',
      'infinity',
    ],
    ...[
      '-infinity',
      'now',
      '2024-05',
      '45424.5',
      '0',
      '-1',
      '2024-05-12T10:15 CEST',
      '2024-05-12T25:00',
      '20240512246000',
    ],
    ...[
      '2024-05-12T10:60',
      '13:04 PM 12.05.2024',
      '12.05.2024 13:04 PM',
      '2024-05-12T10:15+02:00+02:00',
      '10:15',
      '99999999999999',
    ],
  ])('%j is invalid, not rolled to another', (raw) => {
    expect(normalizeTimestamp(raw)).toEqual({ issue: 'occurred_at.invalid' })
  })

  it('without a zone is read by the source’s clock, at changes of the clock too', () => {
    const zone = compileZone('Europe/Berlin')
    const read = (raw: string) => normalizeTimestamp(raw, { zone })?.value?.toISOString()
    expect(read('2024-01-15 12:00')).toBe('2024-01-15T11:00:00.000Z')
    expect(read('2024-07-15 12:00')).toBe('2024-07-15T10:00:00.000Z')
    expect(read('2024-03-31 01:59')).toBe('2024-03-31T00:59:00.000Z')
    expect(read('2024-03-31 02:30')).toBe('2024-03-31T01:30:00.000Z')
    expect(read('2024-03-31 03:00')).toBe('2024-03-31T01:00:00.000Z')
    expect(read('2024-10-27 02:30')).toBe('2024-10-27T00:30:00.000Z')
    expect(read('2024-10-27 03:00')).toBe('2024-10-27T02:00:00.000Z')
    expect(read('2024-07-15T12:00:00Z')).toBe('2024-07-15T12:00:00.000Z')
    expect(normalizeTimestamp('2024-07-15 12:00', { zone: '-03:30' })?.value?.toISOString()).toBe(
      '2024-07-15T15:30:00.000Z',
    )
  })

  it('of an unknown zone is a settings error', () => {
    expect(() => compileZone('Mars/Olympus')).toThrowError(expect.objectContaining({ code: 'zone.unknown' }))
  })

  it('read by a zone shows the clock that was written, unless that clock was skipped', () => {
    const names = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Pacific/Apia']
    const clocks = new Map(names.map((name) => [name, compileZone(name)]))
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        fc.date({ min: new Date('1975-01-01'), max: new Date('2037-01-01'), noInvalidDate: true }),
        (name, wall) => {
          const instant = new Date(clocks.get(name)?.(wall.getTime()) ?? 0)
          const shown = instant.toLocaleString('sv-SE', { timeZone: name })
          const written = wall.toISOString().slice(0, 19).replace('T', ' ')
          const gapMs = Math.abs(
            Date.parse(`${shown.replace(' ', 'T')}Z`) - Date.parse(`${written.replace(' ', 'T')}Z`),
          )
          // A skipped hour is moved on by at most the gap; Samoa skipped a day in 2011.
          expect([0, 1_800_000, 3_600_000, 86_400_000]).toContain(gapMs)
        },
      ),
      { numRuns: 2_000 },
    )
  })
})

describe('a region’s habits', () => {
  it.each([
    ['DE', 'dmy', ','],
    ['US', 'mdy', '.'],
    ['GB', 'dmy', '.'],
    ['CA', 'ymd', '.'],
    ['JP', 'ymd', '.'],
    ['FR', 'dmy', ','],
    ['CH', 'dmy', '.'],
    ['ZZ', 'dmy', '.'],
    ['nowhere', 'dmy', '.'],
  ])('%s writes %s and decimal %s', (region, dateOrder, decimalMark) => {
    expect(deriveRegionHabits(region)).toEqual({ dateOrder, decimalMark })
  })
})
