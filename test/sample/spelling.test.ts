import { fc, test as property } from '@fast-check/vitest'
import { parse } from 'csv-parse/sync'
import { distance } from 'fastest-levenshtein'
import phones from 'libphonenumber-js/max'
import { expect, test } from 'vitest'

import { COUNTRIES } from '../../src/sample/countries.ts'
import { createRandom } from '../../src/sample/create-random.ts'
import { encodeWindows1252 } from '../../src/sample/encode-windows-1252.ts'
import { foldToAscii } from '../../src/sample/fold-to-ascii.ts'
import { formatCsvRow } from '../../src/sample/format-csv-row.ts'
import { inventPhone } from '../../src/sample/invent-phone.ts'
import { inventUuid } from '../../src/sample/invent-uuid.ts'
import { misspell } from '../../src/sample/misspell.ts'
import { spellPhone } from '../../src/sample/spell-phone.ts'

property.prop([fc.integer(), fc.string()])('a stream is repeatable and stays in its range', (seed, stream) => {
  const one = createRandom(seed, stream)
  const two = createRandom(seed, stream)
  for (let draw = 0; draw < 20; draw += 1) {
    const fraction = one.fraction()
    expect(fraction).toBe(two.fraction())
    expect(fraction).toBeGreaterThanOrEqual(0)
    expect(fraction).toBeLessThan(1)
    expect([2, 3, 4]).toContain(one.integer(2, 4))
    two.fraction()
  }
})

test('streams of neighbouring seeds and names start apart', () => {
  const starts = Array.from({ length: 2_000 }, (_, seed) => [
    createRandom(seed, 'a').fraction(),
    createRandom(seed, 'b').fraction(),
  ])
  expect(new Set(starts.flat()).size).toBe(4_000)
})

test('draws are even: each tenth of the range gets a tenth of them', () => {
  const random = createRandom(5, 'even')
  const tenths = Array<number>(10).fill(0)
  for (let draw = 0; draw < 100_000; draw += 1) {
    const tenth = Math.floor(random.fraction() * 10)
    tenths[tenth] = (tenths[tenth] ?? 0) + 1
  }
  // Four standard deviations of a binomial count: 4 * sqrt(100,000 * 0.1 * 0.9), about 380.
  for (const count of tenths) expect(Math.abs(count - 10_000)).toBeLessThan(380)
})

property.prop([fc.integer(), fc.array(fc.integer())])('a shuffle keeps every member', (seed, list) => {
  const byValue = (left: number, right: number): number => left - right
  expect(createRandom(seed, 'shuffle').shuffle(list).sort(byValue)).toEqual([...list].sort(byValue))
})

property.prop([fc.integer(), fc.stringMatching(/^[A-Z][a-z]{3,12}$/)])(
  'a typing error keeps the first letter and changes one or two places',
  (seed, word) => {
    const wrong = misspell(createRandom(seed, 'typo'), word)
    expect(wrong.charAt(0)).toBe(word.charAt(0))
    expect(distance(word, wrong)).toBeLessThanOrEqual(2)
    expect(distance(word, wrong)).toBeGreaterThan(0)
  },
)

property.prop([fc.array(fc.string(), { minLength: 2 })])('a CSV row comes back from a standard parser', (cells) => {
  for (const delimiter of [',', ';'] as const) {
    const rows: string[][] = parse(`${formatCsvRow(cells, delimiter)}\r\n`, { delimiter, record_delimiter: '\r\n' })
    expect(rows).toEqual([cells])
  }
})

property.prop([fc.integer(), fc.nat(4_999), fc.constantFrom(...COUNTRIES)])(
  'a number is valid, and every spelling of it is read back to it',
  (seed, serial, country) => {
    const phone = inventPhone(country, serial)
    expect(phones(phone)?.isValid()).toBe(true)
    expect(phones(spellPhone(createRandom(seed, 'spell'), phone, country), country.code)?.number).toBe(phone)
  },
)

property.prop([fc.string({ unit: 'grapheme' })])('folding to ASCII is idempotent', (text) => {
  expect(foldToAscii(foldToAscii(text))).toBe(foldToAscii(text))
})

test('every name of the sample folds to ASCII letters', () => {
  const names = COUNTRIES.flatMap(({ female, male, family }) => [...female, ...male, ...family])
  expect(names.map(foldToAscii).filter((name) => !/^[A-Za-z' -]+$/.test(name))).toEqual([])
})

test('windows-1252 has the euro sign at 0x80 and refuses what it has not', () => {
  expect([...encodeWindows1252('é€–')]).toEqual([0xe9, 0x80, 0x96])
  expect(() => encodeWindows1252('日')).toThrow(expect.objectContaining({ code: 'sample.unencodable' }))
})

property.prop([fc.integer()])('an invented UUID has the form of version 4', (seed) => {
  expect(inventUuid(createRandom(seed, 'id'))).toMatch(
    /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/,
  )
})
