import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { cutDueRanges, markEverybody, takeDueRanges } from '../../src/store/behaviour/due-ranges.ts'
import type { IdRange } from '../../src/store/identity/plan-ranges.ts'
import { inTransaction } from '../../src/store/in-transaction.ts'
import type { Tx } from '../../src/store/open-store.ts'
import { type MigratedDatabase, openMigratedDatabase } from '../support/open-migrated-database.ts'

let database: MigratedDatabase
beforeAll(async () => {
  database = await openMigratedDatabase('due_ranges')
})
afterAll(() => database.drop())

const LAST = 'ffffffff-ffff-ffff-ffff-ffffffffffff'
const id = (digit: number): string => LAST.replaceAll('f', String(digit))
const range = (from: number, to?: number): IdRange =>
  to === undefined ? { from: id(from) } : { from: id(from), to: id(to) }

const doing = <Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> =>
  inTransaction(database.context.store.sql, work)
const take = async (chunk: IdRange) => [...(await doing((tx) => takeDueRanges(tx, 'unstitched', chunk)))]
const cut = (...chunks: readonly IdRange[]) => doing((tx) => cutDueRanges(tx, 'unstitched', chunks))

beforeEach(async () => {
  await database.context.store.sql`DELETE FROM onefold.due_ranges`
  await doing((tx) => markEverybody(tx, 'unstitched'))
})

test('each chunk takes its own part of what is due, once [C9]', async () => {
  await cut(range(1, 4), range(4))
  expect(await take(range(1, 4))).toEqual([range(1, 4)])
  expect(await take(range(1, 4))).toEqual([])
  expect(await take(range(4))).toEqual([{ from: id(4), to: LAST }])
})

test('what one plan left is cut by the next, which makes nobody due who is not [C9] (P1)', async () => {
  await cut(range(1, 4), range(4, 6), range(6))
  await take(range(4, 6))
  await cut(range(2, 5), range(5))
  expect(await take(range(2, 5))).toEqual([range(2, 4)])
  expect(await take(range(5))).toEqual([{ from: id(6), to: LAST }])
})

test('a chunk that another plan cut takes nothing that is not its own [C9] (P15)', async () => {
  await cut(range(1, 4), range(4))
  expect(await take(range(1, 3))).toEqual([])
  expect(await take(range(1, 4))).toEqual([range(1, 4)])
})

test('everybody is due once, however often that is said [C9]', async () => {
  await cut(range(1, 4), range(4))
  await doing((tx) => markEverybody(tx, 'unstitched'))
  expect(await take(range(0))).toEqual([{ from: id(0), to: LAST }])
})
