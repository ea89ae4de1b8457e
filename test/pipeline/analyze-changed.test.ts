import { afterAll, beforeAll, expect, test } from 'vitest'
import { analyzeChanged } from '../../src/store/run/analyze-changed.ts'
import { openStore } from '../../src/store/open-store.ts'
import { type MigratedDatabase, openMigratedDatabase } from '../support/open-migrated-database.ts'

let database: MigratedDatabase
beforeAll(async () => {
  database = await openMigratedDatabase('analyze')
})
afterAll(() => database.drop())

/** Changes so many rows of one table, and has what was counted seen at once: statistics are told once a second. */
async function addPages(from: number, rows: number): Promise<void> {
  const { sql } = database.context.store
  await sql.begin(async (tx) => {
    await tx`ALTER TABLE onefold.due_pages SET (autovacuum_enabled = false)`
    await tx`INSERT INTO onefold.due_pages (page_id) SELECT generate_series(${from}::int, ${from + rows - 1}::int)`
    await tx`SELECT pg_stat_force_next_flush()`
  })
}

async function countPlannedFor(): Promise<number> {
  const [row] = await database.context.store.sql<{ rows: number }[]>`
    SELECT reltuples::float8 AS rows FROM pg_class WHERE oid = 'onefold.due_pages'::regclass`
  return row?.rows ?? Number.NaN
}

test('who works as a role that owns nothing has it done as who connected', async () => {
  const worker = openStore({ url: database.url }, { role: 'onefold_worker' })
  try {
    await addPages(1_000_001, 50_000)
    expect(await analyzeChanged(worker.sql)).toEqual(['onefold.due_pages'])
    expect(await countPlannedFor()).toBe(50_000)
    expect(await worker.sql`SELECT current_user::text AS role`).toEqual([{ role: 'onefold_worker' }])
  } finally {
    await worker.close()
    await database.context.store.sql`TRUNCATE onefold.due_pages`
    await database.context.store.sql`ANALYZE onefold.due_pages`
  }
})

test('tables are looked at anew once many of their rows have changed, and only then', async () => {
  const { sql } = database.context.store
  await addPages(1, 2_000)
  expect(await analyzeChanged(sql)).toEqual([])
  expect(await countPlannedFor()).toBeLessThanOrEqual(0)
  await addPages(2_001, 108_000)
  expect(await analyzeChanged(sql)).toEqual(['onefold.due_pages'])
  expect(await countPlannedFor()).toBe(110_000)
  // Less than a tenth of what there is.
  await addPages(110_001, 10_500)
  expect(await analyzeChanged(sql)).toEqual([])
  expect(await countPlannedFor()).toBe(110_000)
})

test('a table that was emptied is cleared, as a role that owns nothing, too', async () => {
  const { sql } = database.context.store
  const worker = openStore({ url: database.url }, { role: 'onefold_worker' })
  try {
    await addPages(2_000_001, 50_000)
    await sql.begin(async (tx) => {
      await tx`DELETE FROM onefold.due_pages`
      await tx`SELECT pg_stat_force_next_flush()`
    })
    const measure = async (): Promise<number> => {
      const [row] = await sql<{ size: number }[]>`SELECT pg_relation_size('onefold.due_pages') AS size`
      return row?.size ?? Number.NaN
    }
    expect(await measure()).toBeGreaterThan(0)
    expect(await analyzeChanged(worker.sql)).toEqual(['onefold.due_pages'])
    expect(await measure()).toBe(0)
  } finally {
    await worker.close()
  }
})

test('a table of which only a few rows are in an index is looked at anew once there are more of them', async () => {
  const { sql } = database.context.store
  const addProfiles = async (from: number, rows: number, isStale: boolean): Promise<void> => {
    await sql.begin(async (tx) => {
      await tx`ALTER TABLE onefold.profiles SET (autovacuum_enabled = false)`
      await tx`
        INSERT INTO onefold.profiles (profile_id, pseudonym, created_at, stale)
        SELECT gen_random_uuid(), n::text, now(), ${isStale} FROM generate_series(${from}::int, ${from + rows - 1}::int) AS n`
      await tx`SELECT pg_stat_force_next_flush()`
    })
  }
  await addProfiles(1, 300_000, false)
  expect(await analyzeChanged(sql)).toEqual(['onefold.profiles'])
  await addProfiles(300_001, 11_000, false)
  expect(await analyzeChanged(sql)).toEqual([])
  await addProfiles(311_001, 9_000, true)
  expect(await analyzeChanged(sql)).toEqual(['onefold.profiles'])
  expect(await analyzeChanged(sql)).toEqual([])
})

test('features are looked at by a small sample, each of their columns, and lists of histories not at all', async () => {
  const others = await database.context.store.sql`
    SELECT attrelid::regclass::text AS name, attname FROM pg_attribute JOIN pg_type ON pg_type.oid = atttypid
    WHERE attnum > 0 AND NOT attisdropped AND attstattarget IS DISTINCT FROM CASE
      WHEN attrelid = 'onefold.features'::regclass THEN 10
      WHEN attrelid = 'onefold.histories'::regclass AND typcategory = 'A' THEN 0
      ELSE attstattarget END`
  expect([...others]).toEqual([])
})
