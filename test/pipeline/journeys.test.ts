import { afterEach, beforeEach, expect, test } from 'vitest'
import { undoAct } from '../../src/pipeline/review/undo-act.ts'
import { BY, decideOn, ingestLines, MIRA, OLEG } from './decided-people.ts'
import { type Bench, openBench } from './people-fixture.ts'

let bench: Bench
beforeEach(async () => {
  bench = await openBench('journeys')
})
afterEach(() => bench.close())

const [MIRAS, OLEGS] = ['mira.ostrander@mailhaven.net', 'oleg.tamsin@postkahn.net']
const DAY = '2026-06-01'

/** Takes in pages seen: the cookie, whose it is, and the times of the day. */
async function browse(cookie: string, mail: string, ...times: string[]): Promise<void> {
  const lines = times.map((time) => `${cookie}-${time},${cookie},${mail},page,${DAY}T${time}Z`)
  await bench.ingest('web', `id,cookie,mail,kind,at\n${lines.join('\n')}\n`)
}

/** Everybody's journey, by who was first on the site. */
async function listJourneys(): Promise<Record<string, unknown>[][]> {
  const rows = await bench.context.store.sql<{ journey: Record<string, unknown>[] }[]>`
    SELECT json_agg(to_jsonb(step) - 'profile_id' - 'started_at' ORDER BY position) AS journey FROM (
      SELECT profile_id, started_at, position, to_char(started_at, 'HH24:MI') AS from, to_char(ended_at, 'HH24:MI') AS until,
        duration_seconds, pause_seconds, device, events, page_views, bounced, purchases, spent
      FROM onefold_out.journeys) AS step
    GROUP BY profile_id ORDER BY min(started_at)`
  return rows.map((row) => row.journey)
}

test("a person's sessions over all devices form one journey, and what was bought lies in its session [C9]", async () => {
  await ingestLines(bench, [OLEG])
  await browse('laptop', OLEGS, '10:00:00', '10:25:00', '12:00:00.250')
  await browse('phone', OLEGS, '10:05:00', '10:20:00')
  await bench.ingest(
    'shop',
    `order,mail,quantity,price,at\no1,${OLEGS},2,10.1,${DAY}T10:15:00Z\no1,${OLEGS},1,0.2,${DAY}T10:15:00Z\no2,${OLEGS},1,7,${DAY}T12:00:00.250Z\no3,${OLEGS},1,99,${DAY}T15:00:00Z\n`,
  )
  await bench.run()
  // As where rules of one's own admit what costs nothing.
  await bench.context.store.sql`UPDATE onefold.ordered_lines SET amount = 0 WHERE amount = 7`
  expect(await listJourneys()).toEqual([
    [
      {
        ...{ position: 1, from: '10:00', until: '10:25', duration_seconds: 1500, pause_seconds: null, device: 1 },
        ...{ events: 2, page_views: 2, bounced: false, purchases: 0, spent: 0 },
      },
      {
        // The laptop was still in use; an order at that time was made once.
        ...{ position: 2, from: '10:05', until: '10:20', duration_seconds: 900, pause_seconds: 0, device: 2 },
        ...{ events: 2, page_views: 2, bounced: false, purchases: 1, spent: 20.4 },
      },
      {
        // Since the laptop, which was put down after the phone; a gift is no purchase.
        ...{ position: 3, from: '12:00', until: '12:00', duration_seconds: 0, pause_seconds: 5700.25, device: 1 },
        ...{ events: 1, page_views: 1, bounced: true, purchases: 0, spent: 0 },
      },
    ],
  ])
  const { sql } = bench.context.store
  expect([
    ...(await sql`SELECT profile_id FROM onefold_out.journeys EXCEPT SELECT profile_id FROM onefold_out.unified_profiles`),
  ]).toEqual([])
})

test('a merge makes one journey of two, and undoing it gives both back as they were', async () => {
  await ingestLines(bench, [MIRA, OLEG])
  await browse('laptop', MIRAS, '10:00:00', '14:00:00')
  await browse('phone', OLEGS, '12:00:00')
  await bench.run()
  const outline = async (): Promise<unknown[][][]> =>
    (await listJourneys()).map((journey) =>
      journey.map((step) => [step['from'], step['device'], step['pause_seconds']]),
    )
  const apart = [
    [
      ['10:00', 1, null],
      ['14:00', 1, 14_400],
    ],
    [['12:00', 1, null]],
  ]
  expect(await outline()).toEqual(apart)
  const act = await decideOn(bench, { left: 'crm:1', right: 'crm:4', verdict: 'same' })
  await bench.run()
  expect(await outline()).toEqual([
    [
      ['10:00', 1, null],
      ['12:00', 2, 7_200],
      ['14:00', 1, 7_200],
    ],
  ])
  await undoAct(bench.context, act, BY)
  await bench.run()
  expect(await outline()).toEqual(apart)
})

test('what is too long for a person is no part of a journey, and its device has no number', async () => {
  await ingestLines(bench, [OLEG])
  const pings = Array.from({ length: 4 * 72 }, (_, index) => new Date(Date.UTC(2026, 4, 20) + index * 1_200_000))
  const lines = pings.map((at, index) => `p-${index},script,${OLEGS},page,${at.toISOString()}`)
  await bench.ingest('web', `id,cookie,mail,kind,at\n${lines.join('\n')}\n`)
  await browse('laptop', OLEGS, '10:00:00')
  await bench.run()
  expect(await listJourneys()).toEqual([
    [expect.objectContaining({ position: 1, from: '10:00', device: 1, pause_seconds: null })],
  ])
})

test("a reader finds a person's journey by the indexes, however many others there are [J4]", async () => {
  const plan = await bench.context.store.sql.begin(async (tx) => {
    await tx`SET LOCAL ROLE onefold_reader`
    await tx`SET LOCAL enable_seqscan = off`
    return tx<{ 'QUERY PLAN': string }[]>`EXPLAIN SELECT * FROM onefold_out.journeys WHERE profile_id = 'p_1'`
  })
  const lines = plan.map((row) => row['QUERY PLAN']).join('\n')
  expect(lines).toContain("Index Cond: (pseudonym = 'p_1'::text)")
  expect(lines).toMatch(/sessions_by_profile[^]*Index Cond: \(profile_id = person.profile_id\)/)
  expect(lines).not.toMatch(/Filter: .*p_1/)
})
