import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { copyIn } from '../../src/store/copy-in.ts'
import { openCopyWriter } from '../../src/store/copy-writer.ts'
import { packUuids } from '../../src/store/uuid-column.ts'
import { inTransaction } from '../../src/store/in-transaction.ts'
import { openStore, type Store } from '../../src/store/open-store.ts'
import { openTestDatabase, type TestDatabase } from '../support/open-test-database.ts'

let database: TestDatabase
let store: Store
beforeAll(async () => {
  database = await openTestDatabase('copy_in')
  store = openStore({ url: database.url }, { max: 1 })
  await store.sql`
    CREATE TABLE things (place bigint PRIMARY KEY, name text, id uuid, seen_at timestamptz, numbers int[], ids uuid[],
      words text[], bytes bytea, size int)`
})
afterAll(async () => {
  await store.close()
  await database.drop()
})

const texts = fc.string({ unit: 'grapheme', maxLength: 40 }).map((text) => text.replaceAll('\u0000', ''))
const integers = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })
const things = fc.record({
  name: fc.option(texts),
  id: fc.uuid(),
  seenAtMs: fc.integer({ min: Date.UTC(1900), max: Date.UTC(2200) }),
  numbers: fc.array(integers, { maxLength: 5 }),
  ids: fc.array(fc.uuid(), { maxLength: 5 }),
  words: fc.array(texts, { maxLength: 5 }),
  bytes: fc.uint8Array({ maxLength: 300 }),
  size: integers,
  place: fc.integer({ min: -(2 ** 40), max: Number.MAX_SAFE_INTEGER }),
})

const shared = openCopyWriter(32)

function encode(rows: readonly (typeof things extends fc.Arbitrary<infer T> ? T : never)[]): Buffer {
  for (const row of rows) {
    shared.row(9)
    shared.bigint(row.place)
    if (row.name === null) shared.absent()
    else shared.text(row.name)
    shared.uuid(packUuids([row.id]), 0)
    shared.timestamp(row.seenAtMs)
    shared.integers(Int32Array.from(row.numbers))
    shared.uuids(packUuids(row.ids))
    shared.texts(row.words)
    shared.bytes(row.bytes)
    shared.integer(row.size)
  }
  return shared.finish()
}

test('the database has the rows that were written', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(things, { maxLength: 20, selector: ({ place }) => place }), async (rows) => {
      await inTransaction(store.sql, async (tx) => {
        await tx`DELETE FROM things`
        await copyIn(tx, tx`things`, encode(rows))
      })
      const found = await store.sql`
        SELECT *, (extract(epoch FROM seen_at) * 1000)::float8 AS ms, words = ARRAY(SELECT unnest(words)) AS whole
        FROM things ORDER BY place`
      const sorted = rows.toSorted((a, b) => a.place - b.place)
      expect(found.map((row) => [row['place'], row['name'], row['id'], row['ms'], row['size']])).toEqual(
        sorted.map((row) => [row.place, row.name, row.id, row.seenAtMs, row.size]),
      )
      expect(found.map((row) => [[...row['numbers']], [...row['ids']], [...row['words']]])).toEqual(
        sorted.map((row) => [row.numbers, row.ids, row.words]),
      )
      expect(found.map((row) => new Uint8Array(row['bytes']))).toEqual(sorted.map((row) => new Uint8Array(row.bytes)))
    }),
    { numRuns: 40 },
  )
})

test('a copy that the server rejects ends in an error, and its connection is good again', async () => {
  const writer = openCopyWriter()
  for (let twice = 0; twice < 2; twice++) {
    writer.row(1)
    writer.bigint(7)
  }
  const rows = writer.finish()
  await store.sql`DELETE FROM things`
  await expect(inTransaction(store.sql, (tx) => copyIn(tx, tx`things (place)`, rows, 100))).rejects.toMatchObject({
    code: 'store.copy_rejected',
    retryable: true,
  })
  expect(await store.sql`SELECT count(*) AS things FROM things`).toMatchObject([{ things: 0 }])
})
