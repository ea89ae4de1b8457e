import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Settings } from '../../src/config/settings.ts'
import { composeReading } from '../../src/pipeline/ingest/compose-reading.ts'
import { takeInNow } from '../../src/pipeline/now/take-in-now.ts'
import { openPath } from '../../src/pipeline/open-path.ts'
import { verify } from '../../src/pipeline/verify/verify.ts'
import { inTransaction } from '../../src/store/in-transaction.ts'
import { loadNeighbourhood } from '../../src/store/identity/load-neighbourhood.ts'
import { workOffRun } from '../support/work-off-run.ts'
import { AS_OF, type Bench, openBench, profileSizes } from './people-fixture.ts'

let bench: Bench
beforeEach(async () => {
  bench = await openBench('take_in_now')
})
afterEach(() => bench.close())

const HEAD = 'key,first,last,born,mail,tel,street,zip,changed'
const MIRA = '1,Mira,Ostrander,1984-03-07,mira.ostrander@mailhaven.net,,12 Bramble Close,KB13 9TB,2026-01-01'
const MIRAH = '2,Mirah,Ostrander,1984-03-07,,+441514960182,12 Bramble Close,KB13 9TB,2026-01-02'
const OLEG = '3,Oleg,Tamsin,1971-11-30,oleg.tamsin@postkahn.net,,4 Harbour Row,AX4 2DQ,2026-01-03'

async function expectVerified(): Promise<void> {
  expect((await verify(bench.context)).checks.filter(({ broken }) => broken > 0)).toEqual([])
}

test('while a walk is on the path what arrives is taken in, and resolved by the next to come [C6]', async () => {
  await bench.ingest('crm', `${HEAD}\n${MIRA}\n`)
  const walk = await openPath(bench.context, { asOf: AS_OF })
  expect(await bench.arrive('crm', `${HEAD}\n${MIRAH}\n`)).toMatchObject({
    isResolved: false,
    counts: { received: 1, accepted: 1 },
  })
  await workOffRun(bench.context, walk)
  expect(await profileSizes(bench.context)).toEqual([1])
  expect(await bench.arrive('crm', `${HEAD}\n${OLEG}\n`)).toMatchObject({ isResolved: true, counts: { keyed: 2 } })
  expect(await profileSizes(bench.context)).toEqual([2, 1])
  await expectVerified()
})

test('under settings that everybody else was not derived by what arrives is left to a walk [E1]', async () => {
  const others: Partial<Settings>[] = [
    { events: { ...bench.context.settings.events, session_gap: '3h' } },
    { rfm: { ...bench.context.settings.rfm, period_days: 90 } },
    {
      segments: {
        idle: {
          description: 'Bought nothing',
          owner: 'crm',
          review: '2027-01-01',
          version: 1,
          rule: { feature: 'purchases', is: 0 },
        },
      },
    },
  ]
  expect(await bench.arrive('crm', `${HEAD}\n${MIRA}\n`)).toMatchObject({ isResolved: true })
  await bench.run()
  for (const [n, other] of others.entries()) {
    const line = MIRA.replace('2026-01-01', `2026-01-1${n}`).replace('12 Bramble', `${n} Bramble`)
    const context = { ...bench.context, settings: { ...bench.context.settings, ...other } }
    const input = { name: 'crm.csv', bytes: Buffer.from(`${HEAD}\n${line}\n`) }
    const reading = composeReading(context.settings.sources['crm']!, context.settings, AS_OF)
    expect(await takeInNow(context, 'crm', reading, input, { asOf: AS_OF })).toMatchObject({ isResolved: false })
  }
  await bench.run()
  expect(await bench.arrive('crm', `${HEAD}\n${OLEG}\n`)).toMatchObject({ isResolved: true })
  await expectVerified()
})

test('several at the same time are done one after another, each against all before it [C6]', async () => {
  const taken = await Promise.all([MIRA, MIRAH, OLEG].map((line) => bench.arrive('crm', `${HEAD}\n${line}\n`)))
  expect(taken.map(({ isResolved }) => isResolved)).toEqual([true, true, true])
  expect(await profileSizes(bench.context)).toEqual([2, 1])
  await expectVerified()
})

test('a row that cannot be trusted is held and the others are published (P8)', async () => {
  const { counts, isResolved } = await bench.arrive('crm', `${HEAD}\n${MIRA}\n4,"Ada"x,Marlow,,,,,,\n${OLEG}\n`)
  expect({ isResolved, ...counts }).toMatchObject({ isResolved: true, received: 3, accepted: 2, quarantined: 1 })
  expect(await bench.context.store.sql`SELECT 1 FROM onefold_out.unified_profiles`).toHaveLength(2)
  await expectVerified()
})

test('what fails leaves nothing behind, and the path free (P1)', async () => {
  const { sql } = bench.context.store
  await sql`
    ALTER TABLE onefold_out.unified_profiles ADD CONSTRAINT planted CHECK (postcode_prefix <> 'KB')`
  await expect(bench.arrive('crm', `${HEAD}\n${MIRA}\n`)).rejects.toMatchObject({ constraint_name: 'planted' })
  const [left] = await sql`
    SELECT (SELECT count(*) FROM onefold.runs) AS runs, (SELECT count(*) FROM onefold.deliveries) AS deliveries,
      (SELECT count(*) FROM onefold.records) AS records, (SELECT count(*) FROM onefold.audit_log) AS entries`
  expect(left).toEqual({ runs: 0, deliveries: 0, records: 0, entries: 0 })
  await sql`ALTER TABLE onefold_out.unified_profiles DROP CONSTRAINT planted`
  expect(await bench.arrive('crm', `${HEAD}\n${MIRA}\n`)).toMatchObject({ isResolved: true })
  await expectVerified()
})

test('reach is the same, found one by one or for all at once', async () => {
  await bench.ingest('crm', `${HEAD}\n${MIRA}\n${MIRAH}\n${OLEG}\n`)
  await bench.run()
  const load = (manySeeds: number) =>
    inTransaction(bench.context.store.sql, (tx) => loadNeighbourhood(tx, tx`resolution = 'resolved'`, manySeeds))
  const [few, many] = [await load(100), await load(1)]
  expect(few.nodes).toHaveLength(3)
  expect({ ...few, seedIds: few.seedIds.toSorted() }).toEqual({ ...many, seedIds: many.seedIds.toSorted() })
})
