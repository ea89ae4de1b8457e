import { expect, test } from 'vitest'
import { openStore } from '../../src/store/open-store.ts'
import { migrate } from '../../src/store/migrate.ts'
import { verify } from '../../src/pipeline/verify/verify.ts'
import { openBench } from './people-fixture.ts'

/** Orders of `people` customers in one day; another `day` gives each of them one more. */
function orders(people: number, day: number): string {
  const lines = Array.from({ length: people }, (_, n) => `D${day}-${n},buyer${n}@mailhaven.net,1,10,2026-06-0${day}`)
  return `order,mail,quantity,price,at\n${lines.join('\n')}\n`
}

test('readers never see a half-published batch (P6)', async () => {
  const bench = await openBench('publication')
  const reader = openStore({ url: bench.url }, { max: 1, name: 'reader' })
  const totals = new Set<number>()
  let looks = 0
  const reading = { on: true }
  const loop = (async () => {
    while (reading.on) {
      // Every person has bought as often as every other at each published state: 0, 1, 2 or 3 times.
      // The three tables agree in each look: one statement sees one snapshot.
      const [row] = await reader.sql<{ kinds: number; total: number; listed: number; open: number; members: number }[]>`
        SELECT count(DISTINCT purchases) AS kinds, coalesce(sum(purchases), 0) AS total,
          coalesce(sum(cardinality(segments)), 0) AS listed,
          (SELECT count(*) FROM onefold_out.segment_memberships WHERE valid_to IS NULL) AS open,
          (SELECT coalesce(sum(members), 0) FROM onefold_out.segments) AS members
        FROM onefold_out.unified_profiles`
      looks += 1
      expect(row?.kinds).toBeLessThanOrEqual(1)
      expect([row?.open, row?.members]).toEqual([row?.listed, row?.listed])
      totals.add(row?.total ?? -1)
    }
  })()
  for (const day of [1, 2, 3]) {
    await bench.ingest('shop', orders(400, day))
    await bench.run()
  }
  reading.on = false
  await loop
  await reader.close()
  expect([...totals].toSorted((a, b) => a - b)).toEqual([0, 400, 800, 1200])
  expect(looks).toBeGreaterThan(10)
  await bench.close()
})

test('migrations beside a running ingest change nothing and break nothing (P15)', async () => {
  const bench = await openBench('migrating')
  const ingesting = { on: true }
  const migrating = (async () => {
    let times = 0
    while (ingesting.on) {
      await Promise.all([migrate({ url: bench.url }), migrate({ url: bench.url })])
      times += 2
    }
    return times
  })()
  const { counts } = await bench.ingest('shop', orders(6_000, 1))
  await bench.run()
  ingesting.on = false
  expect(await migrating).toBeGreaterThanOrEqual(2)
  expect(counts).toMatchObject({ received: 6_000, accepted: 6_000 })
  expect((await verify(bench.context)).checks.filter((check) => check.broken > 0)).toEqual([])
  await bench.close()
})

test('a reader with the consumer role reads onefold_out and nothing else', async () => {
  const bench = await openBench('roles')
  const { sql } = bench.context.store
  const attempt = (statement: string): Promise<string> =>
    sql
      .begin(async (tx) => {
        await tx`SET LOCAL ROLE onefold_reader`
        await tx.unsafe(statement)
        return 'allowed'
      })
      .catch((error: { code?: string }) => error.code ?? 'unknown')
  expect(await attempt('SELECT * FROM onefold_out.unified_profiles')).toBe('allowed')
  expect(await attempt('SELECT * FROM onefold.records')).toBe('42501')
  expect(await attempt('DELETE FROM onefold_out.unified_profiles')).toBe('42501')
  await bench.close()
})

test('every column that consumers read has a comment', async () => {
  const bench = await openBench('comments')
  const uncommented = await bench.context.store.sql`
    SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = 'onefold_out'
      AND col_description(format('%I.%I', table_schema, table_name)::regclass, ordinal_position) IS NULL`
  expect([...uncommented]).toEqual([])
  await bench.close()
})
