import { afterEach, beforeEach, expect, test } from 'vitest'
import type { DeclaredSettings } from '../../src/config/settings.ts'
import type { Context } from '../../src/pipeline/context.ts'
import { composeReading } from '../../src/pipeline/ingest/compose-reading.ts'
import { findSubject } from '../../src/pipeline/look/find-subject.ts'
import { takeInNow } from '../../src/pipeline/now/take-in-now.ts'
import { settleDue } from '../../src/pipeline/now/settle-due.ts'
import { openPath } from '../../src/pipeline/open-path.ts'
import { explainMembership } from '../../src/pipeline/segments/explain-membership.ts'
import { previewSegment } from '../../src/pipeline/segments/preview-segment.ts'
import { measureSegments } from '../../src/store/behaviour/measure-segments.ts'
import { type MigratedDatabase, openMigratedDatabase } from '../support/open-migrated-database.ts'
import { stopClock } from '../support/stop-clock.ts'
import { workOffRun } from '../support/work-off-run.ts'
import { configure, ingestText } from './ingest-text.ts'

let database: MigratedDatabase
beforeEach(async () => {
  database = await openMigratedDatabase('declared_segments')
})
afterEach(() => database.drop())

const AS_OF = new Date('2026-06-30T12:00:00Z')
const ORDERS = `order,customer,at,amount
o1,c1,2026-06-20T12:00:00Z,300
o2,c1,2026-06-25T12:00:00Z,300
o3,c2,2026-06-25T12:00:00Z,80
`

function settle(segments: DeclaredSettings['segments']): Context {
  const columns = { order: 'order_id', customer: 'customer_id', at: 'occurred_at', amount: 'amount' } as const
  const context = configure(database.context, { sources: { shop: { kind: 'orders', columns } }, segments })
  return { ...context, now: () => AS_OF }
}

const OWNED = { description: 'Spends much, and lately.', owner: 'marketing', review: '2027-06-30' }
const regulars = (above: number, more = {}): DeclaredSettings['segments'] => ({
  regulars: {
    ...OWNED,
    rule: {
      all: [
        { feature: 'total_spent', above },
        { feature: 'last_purchase_at', within: '7d' },
      ],
    },
    ...more,
  },
})

async function run(context: Context): Promise<readonly object[]> {
  const ended = await workOffRun(context, await openPath(context, { asOf: AS_OF }))
  expect(ended.state).toBe('done')
  return context.store.sql`
    SELECT segment_id AS segment, version, reason, valid_to IS NULL AS open FROM onefold_out.segment_memberships
    WHERE segment_id = 'regulars' ORDER BY version, reason`
}

test('a segment of the configuration has members with reasons, and is explained to the instant [F1]', async () => {
  const context = settle(regulars(500))
  await ingestText(context, 'shop', ORDERS)
  expect(await run(context)).toEqual([
    {
      ...{ segment: 'regulars', version: 1, open: true },
      reason: 'total_spent 600 (above 500); last_purchase_at 2026-06-25T12:00Z (within 7 days)',
    },
  ])
  const explain = async (segment: string, customer: string) =>
    explainMembership(context, segment, await findSubject(context, customer))
  expect(await explain('regulars', 'shop/c1')).toEqual({
    ...{ segmentId: 'regulars', version: 1, isMember: true, since: AS_OF, until: new Date('2026-07-02T12:00:00.001Z') },
    reason: 'total_spent 600 (above 500); last_purchase_at 2026-06-25T12:00Z (within 7 days)',
  })
  expect(await explain('regulars', 'shop/c2')).toMatchObject({ isMember: false, reason: 'total_spent 80 (above 500)' })
  await expect(explain('regular', 'shop/c1')).rejects.toMatchObject({ code: 'segment.unknown' })
})

test('who stays in a segment for another reason is published with that [F1 D1]', async () => {
  const context = settle(regulars(500))
  await ingestText(context, 'shop', ORDERS)
  await run(context)
  await ingestText(context, 'shop', 'order,customer,at,amount\no4,c1,2026-06-26T12:00:00Z,10\n', 'more.csv')
  expect(await run(context)).toMatchObject([
    { open: true, reason: 'total_spent 610 (above 500); last_purchase_at 2026-06-26T12:00Z (within 7 days)' },
  ])
})

test('a rule that is not published yet is previewed, with who would enter and leave [F1]', async () => {
  const context = settle(regulars(500))
  await ingestText(context, 'shop', ORDERS)
  await run(context)
  expect(await previewSegment(context, 'regulars', 5)).toMatchObject({
    members: 1,
    published: 1,
    entering: 0,
    leaving: 0,
  })
  const edited = settle(regulars(50, { version: 2 }))
  const previewed = await previewSegment(edited, 'regulars', 1)
  expect(previewed).toMatchObject({ version: 2, people: 2, members: 2, published: 1, entering: 1, leaving: 0 })
  expect(previewed.examples.members).toHaveLength(1)
  expect(previewed.examples.entering).toEqual([
    {
      profileId: `prf_${await findSubject(context, 'shop/c2')}`,
      reason: 'total_spent 80 (above 50); last_purchase_at 2026-06-25T12:00Z (within 7 days)',
    },
  ])
  // A week on nobody is.
  const later = { ...context, now: () => new Date(AS_OF.getTime() + 8 * 86_400_000) }
  expect(await previewSegment(later, 'regulars', 5)).toMatchObject({ members: 0, leaving: 1 })
  await expect(previewSegment(context, 'regular', 5)).rejects.toMatchObject({ code: 'segment.unknown' })
})

test('members are counted, and who is in two segments', async () => {
  const { sql } = database.context.store
  const context = settle({ ...regulars(500), buyers: { ...OWNED, rule: { feature: 'purchases', at_least: 1 } } })
  await ingestText(context, 'shop', ORDERS)
  await run(context)
  const { people, sizes, overlaps } = await measureSegments(sql)
  expect(people).toBe(2)
  expect(sizes).toEqual(
    expect.arrayContaining([
      { segmentId: 'buyers', version: 1, members: 2 },
      { segmentId: 'regulars', version: 1, members: 1 },
    ]),
  )
  expect(overlaps).toContainEqual({ a: 'buyers', b: 'regulars', jaccard: 0.5 })
})

test('another rule needs another version, and its members are of that version', async () => {
  const context = settle(regulars(500))
  await ingestText(context, 'shop', ORDERS)
  await run(context)
  await expect(openPath(settle(regulars(50)), { from: 'segment', asOf: AS_OF })).rejects.toMatchObject({
    code: 'segment.rule_changed',
    hint: 'Write `version: 2` beside the new rule.',
  })
  // What arrives is taken in, and left to a walk that can be opened again.
  const edited = settle(regulars(50))
  const reading = composeReading(edited.settings.sources['shop']!, edited.settings, AS_OF)
  const bytes = Buffer.from(`${ORDERS.split('\n')[0]}\no4,c3,2026-06-26T12:00:00Z,20\n`)
  expect(await takeInNow(edited, 'shop', reading, { name: 'orders.csv', bytes })).toMatchObject({
    isResolved: false,
    counts: { accepted: 1 },
  })
  const changed = settle(regulars(50, { version: 2 }))
  expect(await run(changed)).toMatchObject([
    { version: 1, open: false },
    { version: 2, open: true },
    { version: 2, open: true },
  ])
  expect(await run(settle({}))).toMatchObject([{ open: false }, { open: false }, { open: false }])
})

test('rules about events see what all of a person did, to the millisecond, whoever they were when they did it [F1]', async () => {
  const { sql } = database.context.store
  const columns = {
    id: 'message_id',
    cookie: 'anonymous_id',
    mail: 'email',
    what: 'event_name',
    at: 'occurred_at',
  } as const
  const context: Context = {
    ...configure(database.context, {
      sources: { web: { kind: 'events', columns } },
      segments: {
        keen: { ...OWNED, rule: { event: 'Product Viewed', count: { above: 3 }, within: '1h' } },
        hesitant: {
          ...OWNED,
          rule: { event: 'Product Added', not_followed_by: 'Order Completed', after: '30m', lasts: '7d' },
        },
      },
    }),
    now: () => AS_OF,
  }
  const minutesAgo = (minutes: number): string => new Date(AS_OF.getTime() - minutes * 60_000).toISOString()
  const rows = [
    ...[
      ['a1', 'phone', '', 'Product Viewed', 60],
      ['a2', 'phone', '', 'Product Viewed', 50],
    ],
    ...[
      ['b1', 'laptop', '', 'Product Viewed', 40],
      ['b2', 'laptop', '', 'Product Viewed', 31],
      ['b3', 'laptop', '', 'Product Added', 30],
    ],
  ].map(([id, cookie, mail, what, minutes]) => [id, cookie, mail, what, minutesAgo(Number(minutes))].join(','))
  await ingestText(context, 'web', `id,cookie,mail,what,at\n${rows.join('\n')}\n`)
  await stopClock(sql, AS_OF)
  const walk = async () => workOffRun(context, await openPath(context))
  const members = async () =>
    (
      await sql<{ segment: string }[]>`
      SELECT segment_id AS segment FROM onefold.segment_memberships
      WHERE valid_to IS NULL AND segment_id IN ('keen', 'hesitant') ORDER BY 1`
    ).map(({ segment }) => segment)
  await walk()
  // Two views on each of two devices, and half an hour is not over yet.
  expect(await members()).toEqual([])
  const logins = ['phone', 'laptop'].map(
    (cookie) => `l-${cookie},${cookie},ada@mailhaven.net,Signed In,${minutesAgo(20)}`,
  )
  await ingestText(context, 'web', `id,cookie,mail,what,at\n${logins.join('\n')}\n`)
  await walk()
  expect(await members()).toEqual(['keen'])
  const explain = async (segment: string) =>
    explainMembership(context, segment, await findSubject(context, 'ada@mailhaven.net'))
  expect(await explain('keen')).toMatchObject({
    ...{
      isMember: true,
      reason: '4 × Product Viewed since 2026-06-30T11:00Z (above 3 within 1h)',
      until: new Date(AS_OF.getTime() + 1),
    },
  })
  expect(await explain('hesitant')).toMatchObject({
    ...{ isMember: false, until: new Date(AS_OF.getTime() + 1) },
    ...{ reason: 'not Product Added without Order Completed for 30m', measured: 'Product Added 30m ago' },
  })
  // Nothing happens but time: nobody has to walk.
  expect(await settleDue(context)).toBe(0)
  const later = { ...context, now: () => new Date(AS_OF.getTime() + 1) }
  // Neither by segments that no run has published, nor after a walk that failed.
  expect(await settleDue({ ...configure(later, { segments: regulars(1) }), now: later.now })).toBe(0)
  await sql`UPDATE onefold.runs SET state = 'failed' WHERE kind = 'pipeline'`
  expect(await settleDue(later)).toBe(0)
  await sql`UPDATE onefold.runs SET state = 'done' WHERE kind = 'pipeline'`
  expect(await settleDue(later)).toBe(1)
  expect(await settleDue(later)).toBe(0)
  expect(await members()).toEqual(['hesitant'])
  expect(await sql`SELECT FROM onefold.runs WHERE state = 'open'`).toEqual([])
  expect(await sql`SELECT segments FROM onefold_out.unified_profiles WHERE 'hesitant' = ANY(segments)`).toHaveLength(1)
  // Recent Abandoners, which come with Onefold, end a day later: half an hour after the cart, and a day.
  expect(await sql`SELECT due_at FROM onefold.segment_due`).toEqual([
    { due_at: new Date(AS_OF.getTime() + 86_400_000 + 1) },
  ])
})

test('what was computed for an instant that somebody chose is not settled now', async () => {
  const { sql } = database.context.store
  const context = { ...settle(regulars(500)), now: () => new Date(AS_OF.getTime() + 3 * 86_400_000) }
  await ingestText(context, 'shop', ORDERS)
  await run(context)
  expect(await sql`SELECT FROM onefold.segment_due WHERE due_at > '-infinity'`).toEqual([])
  expect(await settleDue(context)).toBe(0)
})

test('an order is as old as its first line, and what it came to is all of it', async () => {
  const within = (days: number): DeclaredSettings['segments'] => ({
    ...regulars(1),
    lately: { ...OWNED, rule: { event: 'purchase', sum: { at_least: 10 }, within: `${days}d` } },
  })
  const lines =
    'order,customer,at,amount\no1,c1,2026-05-30T11:00:00Z,20\no1,c1,2026-06-20T12:00:00Z,10\no2,c1,2026-06-21T12:00:00Z,-5\n'
  await ingestText(settle(within(31)), 'shop', lines)
  await run(settle(within(31)))
  const size = async (days: number): Promise<number> =>
    (await previewSegment(settle(within(days)), 'lately', 0)).members
  expect(await size(32)).toBe(1)
  expect(await size(31)).toBe(0)
})
