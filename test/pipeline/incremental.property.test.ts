import fc from 'fast-check'
import { expect, test } from 'vitest'
import { advanceRun } from '../../src/pipeline/advance-run.ts'
import { openPath } from '../../src/pipeline/open-path.ts'
import type { Context } from '../../src/pipeline/context.ts'
import { tellPeople } from '../../src/pipeline/now/tell-people.ts'
import { verify } from '../../src/pipeline/verify/verify.ts'
import { verifyRebuild } from '../../src/pipeline/verify/verify-rebuild.ts'
import { inTransaction } from '../../src/store/in-transaction.ts'
import { openMigratedDatabase } from '../support/open-migrated-database.ts'
import { stopClock } from '../support/stop-clock.ts'
import { workOffRun } from '../support/work-off-run.ts'
import { configure, ingestText } from './ingest-text.ts'

const HOUR = 3_600_000
const START = Date.UTC(2026, 3, 1, 9, 30)
const OWNED = { name: 'Any', description: 'Any', owner: 'crm', review: '2027-01-01', version: 1 }

interface Happening {
  readonly visitor: number
  /** Before the walk that sees it. */
  readonly hoursAgo: number
  readonly what: 'page' | 'Product Viewed' | 'login' | 'order' | 'move'
}

/** What happened before each of some walks, hours or weeks apart. */
const worlds = fc.array(
  fc.record({
    /** How long before it the walk is made, when somebody chooses its instant; undefined for one of now. */
    lead: fc.constantFrom(undefined, undefined, undefined, undefined, 72 * HOUR, 3 * HOUR, -23 * HOUR),
    pause: fc.constantFrom(1, 1, 5, 20, 200, 800).map((hours) => hours * HOUR),
    happened: fc.array(
      fc.record({
        visitor: fc.nat({ max: 5 }),
        hoursAgo: fc.constantFrom(-2, 0, 1, 30, 168, 720, 1500),
        what: fc.constantFrom('page', 'page', 'Product Viewed', 'login', 'order', 'move'),
      }),
      { maxLength: 6 },
    ),
  }),
  { minLength: 2, maxLength: 4 },
)

function settle(context: Context, now = START): Context {
  const configured = configure(context, {
    sources: {
      web: { kind: 'events', preset: 'segment-events', namespace: 'shop' },
      crm: {
        kind: 'people',
        namespace: 'shop',
        columns: { id: 'record_key', user: 'user_id', country: 'country', born: 'birth_date', changed: 'updated_at' },
      },
      shop: {
        kind: 'orders',
        namespace: 'shop',
        columns: { order: 'order_id', customer: 'user_id', at: 'occurred_at', amount: 'amount' },
      },
    },
    composite_index: { features: ['sessions', 'page_views'], weights: [1, 2] },
    segments: {
      looker: { ...OWNED, rule: { event: 'Product Viewed', count: { at_least: 1 }, within: '7d' } },
      looked: { ...OWNED, rule: { event: 'Product Viewed', count: { at_most: 2 }, within: '20h' } },
      idle: {
        ...OWNED,
        rule: {
          any: [
            { event: 'Product Viewed', count: { at_least: 2 }, within: '30d' },
            { event: 'Product Viewed', not_followed_by: 'page', after: '3h', lasts: '10d' },
            { not: { event: 'identify', count: { at_least: 1 }, within: '8d' } },
          ],
        },
      },
      fresh: { ...OWNED, rule: { feature: 'days_since_last_active', at_most: 3 } },
      thin: { ...OWNED, fallback: true, rule: { known_share_of: ['country', 'age_band', 'recency_days'], below: 0.5 } },
    },
  })
  return { ...configured, now: () => new Date(now) }
}

async function walk(context: Context, asOf: number, isAsked = false): Promise<void> {
  await stopClock(context.store.sql, new Date(asOf))
  const ended = await workOffRun(context, await openPath(context, isAsked ? { asOf: new Date(asOf) } : {}))
  expect(ended.state).toBe('done')
}

/** Of visitors who log in as one of three. */
function spell(
  happened: readonly Happening[],
  now: number,
  step: number,
): Record<'events' | 'orders' | 'moves', string> {
  const timed = happened.map((each, n) => ({ ...each, id: `${step}-${n}`, at: new Date(now - each.hoursAgo * HOUR) }))
  const events = timed.flatMap(({ visitor, what, id, at }) => {
    if (what === 'order' || what === 'move') return []
    const said = { messageId: id, anonymousId: `v-${visitor}`, timestamp: at.toISOString() }
    if (what === 'page') return [{ ...said, type: 'page' }]
    if (what === 'login') return [{ ...said, type: 'identify', userId: `u-${visitor % 3}` }]
    return [{ ...said, type: 'track', event: what }]
  })
  const orders = timed.filter(({ what }) => what === 'order')
  const moves = timed.filter(({ what }) => what === 'move')
  return {
    events: events.map((event) => `${JSON.stringify(event)}\n`).join(''),
    orders: orders.map(({ visitor, id, at }) => `${id},u-${visitor % 3},${at.toISOString()},25\n`).join(''),
    moves: moves
      .map(
        ({ visitor, hoursAgo }) =>
          `c-${visitor},u-${visitor % 3},${hoursAgo > 20 ? 'DE' : 'FR'},2001-0${4 + visitor}-20,${new Date(now).toISOString()}\n`,
      )
      .join(''),
  }
}

/** What is derived, without when. */
async function observe({ store: { sql } }: Context): Promise<unknown> {
  return {
    features: await sql`
      SELECT to_jsonb(features) - 'as_of' AS told FROM onefold.features ORDER BY profile_id`,
    memberships: await sql`
      SELECT profile_id, segment_id, version, reason FROM onefold.segment_memberships WHERE valid_to IS NULL ORDER BY 1, 2, 3`,
    published: await sql`
      SELECT to_jsonb(published) - 'as_of' AS told FROM onefold_out.unified_profiles AS published ORDER BY profile_id`,
    segments: await sql`SELECT segment_id, version, members FROM onefold_out.segments ORDER BY 1, 2`,
  }
}

test('walks that derive only what may be others end as if everybody had been derived anew [E1 F1] (P4)', async () => {
  await fc.assert(
    fc.asyncProperty(worlds, async (steps) => {
      const database = await openMigratedDatabase('incremental')
      try {
        let [now, asOf] = [START, START]
        for (const [step, { pause, lead, happened }] of steps.entries()) {
          now += pause
          asOf = now - (lead ?? 0)
          const context = settle(database.context, now)
          const { events, orders, moves } = spell(happened, now, step)
          if (events !== '') await ingestText(context, 'web', events, 'web.jsonl')
          if (orders !== '') await ingestText(context, 'shop', `order,customer,at,amount\n${orders}`)
          if (moves !== '') await ingestText(context, 'crm', `id,user,country,born,changed\n${moves}`)
          await walk(context, asOf, lead !== undefined)
        }
        const context = settle(database.context, now)
        const stepwise = await observe(context)
        const { sql } = database.context.store
        await sql`TRUNCATE onefold.derivation_settings`
        await sql`DELETE FROM onefold.sessions`
        await walk(context, asOf, true)
        expect(stepwise).toEqual(await observe(context))
        for (const check of [...(await verify(context)).checks, ...(await verifyRebuild(context))]) {
          expect(check).toMatchObject({ broken: 0 })
        }
      } finally {
        await database.drop()
      }
    }),
    { numRuns: 20 },
  )
})

test('what is corrected is published by the next walk, though nothing happened and no time passed', async () => {
  const database = await openMigratedDatabase('incremental_move')
  try {
    const context = settle(database.context)
    for (const country of ['DE', 'FR']) {
      const changed = country === 'DE' ? '2026-03-01' : '2026-03-02'
      await ingestText(context, 'crm', `id,user,country,born,changed\nc-1,u-1,${country},,${changed}\n`)
      await walk(context, START)
      const { sql } = context.store
      expect(await sql`SELECT country FROM onefold_out.unified_profiles`).toEqual([{ country }])
    }
  } finally {
    await database.drop()
  }
})

test('who was judged for an instant that somebody chose is judged again by the next walk, when time has moved them', async () => {
  const database = await openMigratedDatabase('incremental_late')
  const { sql } = database.context.store
  const lookers = async (): Promise<number> =>
    (await sql`SELECT FROM onefold_out.segment_memberships WHERE segment_id = 'looker' AND valid_to IS NULL`).length
  try {
    // Six days and 23 hours ago: in the segment for an hour more, and no other window moves in it.
    const { events } = spell([{ visitor: 1, hoursAgo: 167, what: 'Product Viewed' }], START, 0)
    const later = START + 100 * HOUR
    await ingestText(settle(database.context, later), 'web', events, 'web.jsonl')
    await walk(settle(database.context, later), START, true)
    expect(await lookers()).toBe(1)
    await sql`UPDATE onefold.feature_due SET due_at = 'infinity'`
    await walk(settle(database.context, START + 2 * HOUR), START + 2 * HOUR)
    expect(await lookers()).toBe(0)
  } finally {
    await database.drop()
  }
})

test('who was judged for a later instant of the same day, or an earlier one, is so for no longer than that walk', async () => {
  const database = await openMigratedDatabase('incremental_near')
  const { sql } = database.context.store
  const lookers = async (): Promise<number> =>
    (await sql`SELECT FROM onefold_out.segment_memberships WHERE segment_id = 'looker' AND valid_to IS NULL`).length
  // As those of somebody who never was on the site.
  const leaveFeatures = async (): Promise<void> => {
    await sql`UPDATE onefold.feature_due SET due_at = 'infinity'`
    await sql`UPDATE onefold.features SET as_of = ${new Date(START)}`
  }
  try {
    const { events } = spell([{ visitor: 1, hoursAgo: 160, what: 'Product Viewed' }], START, 0)
    const context = settle(database.context)
    await ingestText(context, 'web', events, 'web.jsonl')
    await walk(context, START)
    expect(await lookers()).toBe(1)
    await walk(context, START + 20 * HOUR, true)
    expect(await lookers()).toBe(0)
    await leaveFeatures()
    await walk(context, START + HOUR)
    expect(await lookers()).toBe(1)
    await walk(settle(database.context, START + 10 * HOUR), START + 10 * HOUR)
    expect(await lookers()).toBe(0)
    await leaveFeatures()
    await walk(context, START + 6 * HOUR, true)
    expect(await lookers()).toBe(1)
  } finally {
    await database.drop()
  }
})

test('other trust in sources composes everybody anew', async () => {
  const database = await openMigratedDatabase('incremental_trust')
  const trusting = (card: number, form: number): Context =>
    configure(database.context, {
      sources: Object.fromEntries(
        Object.entries({ card, form }).map(([source, trust]) => [
          source,
          {
            ...{ kind: 'people' as const, trust, namespace: 'shop' },
            columns: { id: 'record_key' as const, user: 'user_id' as const, born: 'birth_date' as const },
          },
        ]),
      ),
    })
  const age = async (): Promise<unknown> =>
    database.context.store.sql`SELECT age_band AS age FROM onefold_out.unified_profiles`
  try {
    await ingestText(trusting(0.9, 0.1), 'card', 'id,user,born\n1,u-5,1960-01-01\n')
    await ingestText(trusting(0.9, 0.1), 'form', 'id,user,born\n1,u-5,1990-01-01\n')
    await walk(trusting(0.9, 0.1), START)
    expect(await age()).toEqual([{ age: '65-74' }])
    await walk(trusting(0.1, 0.9), START)
    expect(await age()).toEqual([{ age: '35-44' }])
  } finally {
    await database.drop()
  }
})

test.each([
  ['segment', 'unsettled', 'onefold.segment_memberships'],
  ['publish', 'unpublished', 'onefold_out.unified_profiles'],
])(
  'a walk that fails in its stage %s leaves whom it had come to to the next one [F1] (P1)',
  async (stage, due, table) => {
    const database = await openMigratedDatabase(`incremental_failed_${stage}`)
    const { sql } = database.context.store
    try {
      const [context, later] = [settle(database.context), settle(database.context, START + 21 * HOUR)]
      const listDue = async (): Promise<unknown[]> => [...(await sql`SELECT DISTINCT due FROM onefold.due_ranges`)]
      for (const visitors of [[0], [0, 1]]) {
        if (visitors.length === 2) await walk(context, START)
        const looked = visitors.map((visitor) => ({ visitor, hoursAgo: 1, what: 'Product Viewed' as const }))
        const { events } = spell(looked, START, visitors.length)
        await ingestText(context, 'web', events, `web-${visitors.length}.jsonl`)
      }
      await sql.unsafe(`ALTER TABLE ${table} ADD CONSTRAINT planted CHECK (false) NOT VALID`)
      const planned = await openPath(context)
      await expect(workOffRun(context, planned)).rejects.toThrow(`chunk ${stage} 0 ended dead`)
      expect(await advanceRun(context, planned.runId)).toEqual([])
      expect(await listDue()).toEqual([{ due }])
      expect((await verify(context)).pending).toMatchObject({ unpublished: 2 })
      await sql.unsafe(`ALTER TABLE ${table} DROP CONSTRAINT planted`)
      // Who does something meanwhile is told of by a pass.
      const actors = await sql<{ id: string }[]>`SELECT record_id AS id FROM onefold.records WHERE kind = 'actor'`
      const ids = actors.map(({ id }) => id)
      await inTransaction(sql, (tx) => tellPeople(later, tx, ids, ids.length))
      await walk(later, START + 21 * HOUR)
      expect(await listDue()).toEqual([])
      const lookers = await sql`
        SELECT FROM onefold_out.unified_profiles JOIN onefold_out.segment_memberships USING (profile_id)
        WHERE segment_id = 'looker' AND segments @> ARRAY['looker']`
      expect(lookers).toHaveLength(2)
      for (const check of (await verify(context)).checks) expect(check).toMatchObject({ broken: 0 })
    } finally {
      await database.drop()
    }
  },
)
