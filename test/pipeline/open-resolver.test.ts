import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Context } from '../../src/pipeline/context.ts'
import { openIntake } from '../../src/pipeline/intake/open-intake.ts'
import { openPath } from '../../src/pipeline/open-path.ts'
import { verify } from '../../src/pipeline/verify/verify.ts'
import { pollUntil } from '../../src/runtime/poll-until.ts'
import { inTransaction } from '../../src/store/in-transaction.ts'
import { holdPart } from '../../src/store/run/hold-path.ts'
import { openMigratedDatabase } from '../support/open-migrated-database.ts'
import { stopClock } from '../support/stop-clock.ts'
import { workOffRun } from '../support/work-off-run.ts'
import { configure } from './ingest-text.ts'

const NOW = Date.UTC(2026, 3, 1, 9, 30)
const HOUR = 3_600_000
const OWNED = { description: 'Any', owner: 'crm', review: '2027-01-01' }

function settle(context: Context): Context {
  const configured = configure(context, {
    sources: { web: { kind: 'events', preset: 'segment-events', namespace: 'shop', resolve: 'now' } },
    segments: {
      looker: { ...OWNED, rule: { event: 'Product Viewed', count: { at_least: 2 }, within: '7d' } },
      hesitant: { ...OWNED, rule: { event: 'Product Viewed', not_followed_by: 'page', after: '1h', lasts: '9d' } },
      back: { ...OWNED, rule: { feature: 'sessions', at_least: 2 } },
    },
  })
  return { ...configured, now: () => new Date(NOW) }
}

async function walk(context: Context): Promise<void> {
  expect((await workOffRun(context, await openPath(context))).state).toBe('done')
}

async function observe({ store: { sql } }: Context): Promise<unknown> {
  return {
    features: await sql`
      SELECT to_jsonb(features) - 'as_of' AS told FROM onefold.features ORDER BY profile_id`,
    memberships: await sql`
      SELECT profile_id, segment_id, version, reason FROM onefold.segment_memberships WHERE valid_to IS NULL ORDER BY 1, 2`,
    listed: await sql`
      SELECT profile_id, segment_id, reason FROM onefold_out.segment_memberships WHERE valid_to IS NULL ORDER BY 1, 2`,
    published: await sql`
      SELECT to_jsonb(published) - 'as_of' AS told FROM onefold_out.unified_profiles AS published ORDER BY profile_id`,
    sizes: await sql`SELECT segment_id, members FROM onefold_out.segments ORDER BY 1`,
  }
}

const messages = fc.array(
  fc.record({
    visitor: fc.nat({ max: 4 }),
    what: fc.constantFrom('Product Viewed', 'Product Viewed', 'page', 'login'),
    hoursAgo: fc.constantFrom(0, 0.5, 2, 30, 167, 200),
    /** Whether whoever sends waits for the answer before the next. */
    waits: fc.boolean(),
  }),
  { minLength: 1, maxLength: 12 },
)

test('what arrives over HTTP ends as if a walk had derived everybody, whatever comes during a pass [F3] (P4)', async () => {
  await fc.assert(
    fc.asyncProperty(messages, fc.boolean(), async (sent, isWalkedBefore) => {
      const database = await openMigratedDatabase('resolver')
      try {
        const { sql } = database.context.store
        const context = settle(database.context)
        await stopClock(sql, new Date(NOW))
        const spelled = sent.map(({ visitor, what, hoursAgo }, n) => {
          const said = { messageId: `m-${n}`, anonymousId: `v-${visitor}` }
          const at = { timestamp: new Date(NOW - hoursAgo * HOUR).toISOString() }
          if (what === 'login') return { ...said, ...at, type: 'identify', userId: `u-${visitor % 2}` }
          return what === 'page' ? { ...said, ...at, type: 'page' } : { ...said, ...at, type: 'track', event: what }
        })
        if (isWalkedBefore) await walk(context)
        const intake = openIntake(context)
        const answers: Promise<void>[] = []
        for (const [n, message] of spelled.entries()) {
          const answer = intake.take('web', [Buffer.from(JSON.stringify(message))])
          answers.push(answer)
          if (sent[n]!.waits) await answer
        }
        await Promise.all(answers)
        await intake.close()
        const arrived = await observe(context)
        expect((await verify(context)).checks.filter(({ broken }) => broken > 0)).toEqual([])
        expect(
          await sql`SELECT FROM onefold.records LEFT JOIN onefold.unstitched ON actor_id = record_id WHERE actor_id IS NOT NULL OR resolution <> 'resolved'`,
        ).toEqual([])
        await sql`TRUNCATE onefold.derivation_settings`
        await sql`DELETE FROM onefold.sessions`
        await walk(context)
        expect(arrived).toEqual(await observe(context))
      } finally {
        await database.drop()
      }
    }),
    { numRuns: 15 },
  )
})

test('more people than one pass derives are derived by several, and end as a walk would have them [F3]', async () => {
  const database = await openMigratedDatabase('resolver_slices')
  try {
    const { sql } = database.context.store
    const context = settle(database.context)
    await stopClock(sql, new Date(NOW))
    const view = (visitor: number, turn: number): Buffer =>
      Buffer.from(
        JSON.stringify({
          ...{ type: 'track', event: 'Product Viewed', messageId: `m-${visitor}-${turn}`, anonymousId: `v-${visitor}` },
          timestamp: new Date(NOW - turn * (visitor % 3) * HOUR).toISOString(),
        }),
      )
    const visitors = Array.from({ length: 60 }, (_, visitor) => visitor)
    const first = openIntake(context)
    await first.take(
      'web',
      visitors.map((visitor) => view(visitor, 1)),
    )
    await first.close()
    await walk(context)
    const countPasses = async (): Promise<number> =>
      (await sql`SELECT FROM onefold.audit_log WHERE action = 'profiles.published'`).length
    const before = await countPasses()
    const second = openIntake(context)
    await second.take(
      'web',
      visitors.flatMap((visitor) => [view(visitor, 2), view(visitor, 3)]),
    )
    await second.close()
    expect((await countPasses()) - before).toBeGreaterThanOrEqual(3)
    const arrived = await observe(context)
    await sql`TRUNCATE onefold.derivation_settings`
    await sql`DELETE FROM onefold.sessions`
    await walk(context)
    expect(arrived).toEqual(await observe(context))
    expect(await sql`SELECT FROM onefold.features WHERE product_views = 3`).toHaveLength(60)
  } finally {
    await database.drop()
  }
})

test('what people who are known did shows before sessions and features are made [F3]', async () => {
  const database = await openMigratedDatabase('resolver_first')
  try {
    const { sql } = database.context.store
    const context = settle(database.context)
    await stopClock(sql, new Date(NOW))
    const view = (n: number): Buffer =>
      Buffer.from(
        JSON.stringify({
          ...{ type: 'track', event: 'Product Viewed', messageId: `m-${n}`, anonymousId: 'v-1' },
          timestamp: new Date(NOW - 1_000 * n).toISOString(),
        }),
      )
    const intake = openIntake(context)
    await intake.take('web', [view(1)])
    await intake.close()
    // Whoever makes features now fails, and what arrives is no less judged.
    await sql`ALTER TABLE onefold.features ADD CONSTRAINT planted CHECK (product_views < 2)`
    const second = openIntake(context)
    await second.take('web', [view(2)])
    await second.close()
    expect(
      await sql`SELECT FROM onefold_out.segment_memberships WHERE segment_id = 'looker' AND valid_to IS NULL`,
    ).toHaveLength(1)
    expect(await sql`SELECT FROM onefold_out.unified_profiles WHERE 'looker' = ANY(segments)`).toHaveLength(1)
    expect(await sql`SELECT members FROM onefold_out.segments WHERE segment_id = 'looker'`).toEqual([{ members: 1 }])
    expect(await sql`SELECT FROM onefold.unstitched`).toHaveLength(1)
    expect(database.logged.map(({ message }) => message)).toEqual(['what arrived was not resolved; it stays due'])
    await sql`ALTER TABLE onefold.features DROP CONSTRAINT planted`
    await walk(context)
    expect(await sql`SELECT FROM onefold.unstitched`).toEqual([])
    expect((await verify(context)).checks.filter(({ broken }) => broken > 0)).toEqual([])
  } finally {
    await database.drop()
  }
})

test.each(['pass', 'walk'] as const)(
  'of whom features were made and nothing was told, the next %s tells [F3] (P1)',
  async (next) => {
    const database = await openMigratedDatabase('resolver_untold')
    try {
      const { sql } = database.context.store
      const context = settle(database.context)
      await stopClock(sql, new Date(NOW))
      const see = async (visitor: number, hoursAgo: number): Promise<void> => {
        const said = { type: 'track', event: 'Product Viewed', anonymousId: `v-${visitor}` }
        const at = { messageId: `m-${visitor}-${hoursAgo}`, timestamp: new Date(NOW - hoursAgo * HOUR).toISOString() }
        const intake = openIntake(context)
        await intake.take('web', [Buffer.from(JSON.stringify({ ...said, ...at }))])
        await intake.close()
      }
      await see(1, 5)
      await see(2, 5)
      await sql`ALTER TABLE onefold_out.unified_profiles ADD CONSTRAINT planted CHECK (sessions < 2)`
      await see(1, 1)
      expect(await sql`SELECT FROM onefold.features WHERE sessions = 2`).toHaveLength(1)
      expect(database.logged.map(({ message }) => message)).toEqual(['what arrived was not resolved; it stays due'])
      await sql`ALTER TABLE onefold_out.unified_profiles DROP CONSTRAINT planted`
      if (next === 'walk') await walk(context)
      else await see(2, 4.9)
      expect(
        await sql`SELECT FROM onefold_out.unified_profiles WHERE sessions = 2 AND 'back' = ANY(segments)`,
      ).toHaveLength(1)
      expect(await sql`SELECT FROM onefold.unpublished`).toEqual([])
      expect((await verify(context)).checks.filter(({ broken }) => broken > 0)).toEqual([])
    } finally {
      await database.drop()
    }
  },
)

test.each(['deriving', 'telling'] as const)('whoever opens a walk waits until %s is over', async (part) => {
  const database = await openMigratedDatabase('resolver_walk')
  try {
    const { sql } = database.context.store
    const context = settle(database.context)
    let isOpen = false
    const opened = await inTransaction(sql, async (tx) => {
      expect(await holdPart(tx, part)).toBe(true)
      const opening = openPath(context).finally(() => (isOpen = true))
      const isWaiting = async (): Promise<true | undefined> => {
        const waiting = await sql`
          SELECT FROM pg_locks JOIN pg_database ON oid = database
          WHERE datname = current_database() AND locktype = 'advisory' AND NOT granted`
        return waiting.length > 0 || isOpen ? true : undefined
      }
      await pollUntil(isWaiting, { timeoutMs: 30_000, intervalMs: 5 })
      expect(isOpen).toBe(false)
      return { opening }
    })
    await workOffRun(context, await opened.opening)
    expect(isOpen).toBe(true)
    await sql`
      INSERT INTO onefold.runs (run_id, kind, stages, state, started_at)
      VALUES (${context.newId()}, 'pipeline', '{}', 'open', now())`
    expect(await inTransaction(sql, (tx) => holdPart(tx, part))).toBe(false)
  } finally {
    await database.drop()
  }
})
