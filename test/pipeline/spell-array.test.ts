import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStore, type Store } from '../../src/store/open-store.ts'
import { spellArray, spellNumbers } from '../../src/store/spell-array.ts'
import { openTestDatabase, type TestDatabase } from '../support/open-test-database.ts'

let database: TestDatabase
let store: Store
beforeAll(async () => {
  database = await openTestDatabase('spell_array')
  store = openStore({ url: database.url }, { max: 1 })
})
afterAll(async () => {
  await store.close()
  await database.drop()
})

const words = fc.constantFrom('null', 'NULL', '', ' ', '{}', '{a,b}', '"', '\\', 'a,b', "it's", 'Ł\n\t', '0a1b-2c')
// PostgreSQL has no NUL in a text, and half of a surrogate pair is none in UTF-8.
const texts = fc.oneof(words, fc.string({ unit: 'grapheme' })).map((text) => text.replaceAll('\u0000', ''))

test('the database reads the texts that were spelled', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.option(texts)), async (values) => {
      // The driver reads a NULL inside an array as a word, so the elements come as rows.
      const rows = await store.sql<{ value: string | null }[]>`
        SELECT value FROM unnest(${spellArray(values)}::text[]) WITH ORDINALITY AS given (value, place) ORDER BY place`
      expect(rows.map(({ value }) => value)).toEqual(values)
    }),
  )
})

test('the database reads the numbers that were spelled', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.option(fc.double({ noNaN: true }))), async (values) => {
      const rows = await store.sql<{ value: number | null }[]>`
        SELECT value FROM unnest(${spellArray(values)}::float8[]) WITH ORDINALITY AS given (value, place) ORDER BY place`
      // JavaScript spells minus zero as zero.
      expect(rows.map(({ value }) => value)).toEqual(values.map((value) => (value === null ? null : value + 0)))
    }),
  )
})

test('the database reads lists of numbers one after the other, and NULL where one has none', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(fc.double())), async (lists) => {
      const spelled = spellNumbers(lists.map((list) => Float64Array.from(list)))
      const rows = await store.sql<{ value: number | null }[]>`
        SELECT value FROM unnest(${spelled}::float8[]) WITH ORDINALITY AS given (value, place) ORDER BY place`
      expect(rows.map(({ value }) => value)).toEqual(
        lists.flat().map((value) => (Number.isNaN(value) ? null : value + 0)),
      )
    }),
  )
})
