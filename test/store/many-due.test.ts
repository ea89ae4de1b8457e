import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { markMost } from '../../src/store/behaviour/due-ranges.ts'
import { FIRST_ID } from '../../src/store/identity/plan-ranges.ts'
import { inTransaction } from '../../src/store/in-transaction.ts'
import type { Sql } from '../../src/store/open-store.ts'
import { publish } from '../../src/store/profile/publish.ts'
import { checkSessions } from '../../src/store/verify/check-sessions.ts'
import { type MigratedDatabase, openMigratedDatabase } from '../support/open-migrated-database.ts'

let database: MigratedDatabase
/** On which the server may hash as good as nothing, as if so many more were due. */
let sql: Sql
const sent: { statement: string; parameters: unknown[] }[] = []

beforeAll(async () => {
  database = await openMigratedDatabase('many_due')
  sql = postgres(database.url, {
    ...{ max: 1, onnotice: () => {}, connection: { work_mem: 64, hash_mem_multiplier: 1 } },
    types: { int8: { to: 20, from: [20], serialize: String, parse: Number } },
    debug: (_, statement, parameters) => void sent.push({ statement, parameters }),
  })
})
afterAll(async () => {
  await sql.end()
  await database.drop()
})

const LOOKS_THROUGH = /ANY \(.*\(SubPlan|Nested Loop Anti Join/

/** Statements that look through a list of all that a query gives for each row that they ask about, in full. */
async function findLookedThrough(work: () => Promise<unknown>): Promise<string[]> {
  sent.length = 0
  await work()
  const found: string[] = []
  for (const { statement, parameters } of sent.filter(({ statement: text }) => /\bonefold/.test(text))) {
    const plan = await sql.unsafe(`EXPLAIN ${statement}`, parameters as never[])
    if (plan.some((line) => LOOKS_THROUGH.test(line['QUERY PLAN'] as string))) found.push(statement)
  }
  return found
}

test('however many are due, none of them is looked for among all of them [J4 F1]', async () => {
  await sql`
    INSERT INTO onefold.profiles (profile_id, pseudonym, created_at) SELECT gen_random_uuid(), gen_random_uuid(), now()
    FROM generate_series(1, 2000)`
  await sql`INSERT INTO onefold.unpublished (profile_id, moved) SELECT profile_id, true FROM onefold.profiles`
  await sql`INSERT INTO onefold.unstitched (actor_id, since) SELECT profile_id, now() FROM onefold.profiles`
  await sql`ANALYZE onefold.profiles, onefold.unpublished, onefold.unstitched`
  // As after a first publication that failed.
  await sql`VACUUM onefold_out.unified_profiles`
  const either = sql`SELECT FROM onefold.profiles
    WHERE dissolved_at IS NOT NULL OR profile_id IN (SELECT profile_id FROM onefold.unpublished)`
  expect(await findLookedThrough(async () => either)).toHaveLength(1)
  expect(await findLookedThrough(() => checkSessions(sql, ['identify']))).toEqual([])
  await markMost(sql, 'unpublished', { from: FIRST_ID }, 2_000)
  expect(await findLookedThrough(() => inTransaction(sql, (tx) => publish(tx, new Date())))).toEqual([])
})
