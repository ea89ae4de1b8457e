import { afterEach, beforeEach, expect, test } from 'vitest'
import type { DeclaredSettings } from '../../src/config/settings.ts'
import type { Context } from '../../src/pipeline/context.ts'
import { composeReading } from '../../src/pipeline/ingest/compose-reading.ts'
import { findSubject } from '../../src/pipeline/look/find-subject.ts'
import { takeInNow } from '../../src/pipeline/now/take-in-now.ts'
import { openPath } from '../../src/pipeline/open-path.ts'
import { explainMembership } from '../../src/pipeline/segments/explain-membership.ts'
import { measureSegments } from '../../src/store/behaviour/measure-segments.ts'
import { type MigratedDatabase, openMigratedDatabase } from '../support/open-migrated-database.ts'
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
    SELECT segment_id AS segment, version, reason, valid_to IS NULL AS open FROM onefold.segment_memberships
    WHERE segment_id = 'regulars' ORDER BY version, reason`
}

test('a segment of the configuration has members with reasons, and is explained to the instant [F1]', async () => {
  const context = settle(regulars(500))
  await ingestText(context, 'shop', ORDERS)
  expect(await run(context)).toEqual([
    {
      ...{ segment: 'regulars', version: 1, open: true },
      reason: 'total_spent 600 (above 500); last_purchase_at 5.0 days ago (within 7)',
    },
  ])
  const explain = async (segment: string, customer: string) =>
    explainMembership(context, segment, await findSubject(context, customer))
  expect(await explain('regulars', 'shop/c1')).toEqual({
    ...{ segmentId: 'regulars', version: 1, isMember: true, since: AS_OF, until: new Date('2026-07-02T12:00:00.001Z') },
    reason: 'total_spent 600 (above 500); last_purchase_at 5.0 days ago (within 7)',
  })
  expect(await explain('regulars', 'shop/c2')).toMatchObject({ isMember: false, reason: 'total_spent 80 (above 500)' })
  await expect(explain('regular', 'shop/c1')).rejects.toMatchObject({ code: 'segment.unknown' })
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
