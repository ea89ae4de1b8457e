import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  cutDueRanges,
  joinDueRanges,
  markEverybody,
  markMost,
  takeDueRanges,
  takeJoined,
} from '../../src/store/behaviour/due-ranges.ts'
import { isAnybodyDue, lockDue } from '../../src/store/behaviour/save-due.ts'
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

test('a range is due as one if most who live in it are [F1]', async () => {
  const { sql } = database.context.store
  await sql`
    INSERT INTO onefold.profiles (profile_id, pseudonym, created_at, dissolved_at)
    SELECT given.id, gen_random_uuid(), now(), CASE WHEN given.id < ${id(3)} THEN now() END
    FROM unnest(${[1, 2, 3, 4, 5, 6, 7].map(id)}::uuid[]) AS given (id)`
  const mark = (chunk: IdRange, people: number) => doing((tx) => markMost(tx, 'unsettled', chunk, people))
  expect(await mark(range(1, 6), 1)).toBe(false)
  expect(await mark(range(1, 6), 2)).toBe(true)
  expect(await mark(range(6), 1)).toBe(false)
  expect(await mark(range(6), 2)).toBe(true)
  expect(await mark(range(1, 3), 0)).toBe(false)
  expect(await doing((tx) => takeDueRanges(tx, 'unsettled', range(0)))).toEqual([
    range(1, 6),
    { from: id(6), to: LAST },
  ])
  await sql`DELETE FROM onefold.profiles`
})

test('ranges that touch or overlap are one, others are not [F1]', async () => {
  const { sql } = database.context.store
  const list = async () => [...(await sql`SELECT from_id AS from, to_id AS to FROM onefold.due_ranges ORDER BY 1`)]
  const plant = async (...ranges: readonly IdRange[]): Promise<void> => {
    for (const { from, to } of ranges)
      await sql`INSERT INTO onefold.due_ranges (due, from_id, to_id) VALUES ('unpublished', ${from}, ${to!})`
  }
  const touching = [range(5, 6), range(1, 2), range(2, 4), range(3, 4), range(1, 3), range(7, 8)]
  const joined = [range(1, 4), range(5, 6), range(7, 8)]
  await sql`DELETE FROM onefold.due_ranges`
  await plant(...touching)
  await doing((tx) => joinDueRanges(tx, 'unpublished'))
  expect(await list()).toEqual(joined)
  expect(await doing((tx) => takeJoined(tx, 'unpublished'))).toEqual(joined)
  expect(await list()).toEqual([])
})

test('whom a walk is to judge anew is not judged by time [F3]', async () => {
  const { sql } = database.context.store
  await sql`INSERT INTO onefold.segment_due (profile_id, due_at) VALUES (${id(2)}, ${new Date(0)}), (${id(5)}, ${new Date(1)})`
  const findDue = () => doing(async (tx) => [await isAnybodyDue(tx, new Date(2)), await lockDue(tx, new Date(2), 5)])
  expect(await findDue()).toEqual([true, [id(2), id(5)]])
  await sql`INSERT INTO onefold.due_ranges (due, from_id, to_id) VALUES ('unsettled', ${id(1)}, ${id(3)})`
  expect(await findDue()).toEqual([true, [id(5)]])
  await doing((tx) => markEverybody(tx, 'unsettled'))
  expect(await findDue()).toEqual([true, []])
  await sql`DELETE FROM onefold.segment_due`
})
