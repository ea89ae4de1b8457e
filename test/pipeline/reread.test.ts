import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { DeclaredSettings } from '../../src/config/settings.ts'
import type { Context } from '../../src/pipeline/context.ts'
import { advanceRun } from '../../src/pipeline/advance-run.ts'
import { openIntake } from '../../src/pipeline/intake/open-intake.ts'
import { openPath } from '../../src/pipeline/open-path.ts'
import { fixRow } from '../../src/pipeline/quarantine/fix-row.ts'
import { replayHeld } from '../../src/pipeline/quarantine/replay-held.ts'
import { runChunk } from '../../src/pipeline/run-chunk.ts'
import { verify } from '../../src/pipeline/verify/verify.ts'
import { verifyAudit } from '../../src/pipeline/verify/verify-audit.ts'
import { findHeldRows } from '../../src/store/quarantine/find-held-rows.ts'
import { type MigratedDatabase, openMigratedDatabase } from '../support/open-migrated-database.ts'
import { workOffRun } from '../support/work-off-run.ts'
import { configure, ingestText } from './ingest-text.ts'

type Declared = NonNullable<DeclaredSettings['events']>

const AS_OF = new Date('2026-06-30T12:00:00Z')
const SIZES: NonNullable<Declared['properties']> = { 'Product Viewed': { size: ['small', 'large'], stars: 'number' } }
/** What a project may come to say of its events. */
const DECLARATIONS: readonly Declared[] = [
  {},
  { names: { Angesehen: 'Product Viewed', Gekauft: 'Order Completed' } },
  { names: { Angesehen: 'Products Searched', Startseite: 'page' }, declared: ['Gekauft'] },
  { names: { Angesehen: 'Product Viewed', 'Product Viewed': 'Angesehen' }, declared: ['Angesehen'] },
  { properties: SIZES },
  { names: { Angesehen: 'Product Viewed' }, properties: { ...SIZES, Startseite: { stars: 'text' } } },
]
const LOOKERS = {
  description: 'Looked at something.',
  owner: 'marketing',
  review: '2027-06-30',
  rule: { event: 'Product Viewed', count: { at_least: 1 }, within: '7d' },
} as const

const settle = (context: Context, events: Declared, more: DeclaredSettings['sources'] = {}): Context => ({
  ...configure(context, {
    sources: { web: { kind: 'events', preset: 'segment-events' }, ...more },
    segments: { looker: LOOKERS },
    events,
  }),
  now: () => AS_OF,
})

interface Said {
  readonly event: string
  readonly visitor?: number
  readonly minutesAgo?: number
  readonly size?: string
}

let messages = 0
const spell = ({ event, visitor = 1, minutesAgo = 60, size = 'large' }: Said): string => {
  const n = messages++
  return JSON.stringify({
    ...{ type: 'track', event, messageId: `m-${n}`, anonymousId: `v-${visitor}` },
    properties: { size, stars: n % 5, price: 12.5, product_id: `p-${n % 3}` },
    timestamp: new Date(AS_OF.getTime() - minutesAgo * 60_000).toISOString(),
  })
}
const spellAll = (events: readonly Said[]): string => `${events.map(spell).join('\n')}\n`

/** Delivers events as one file and derives what follows. */
async function tell(context: Context, ...events: readonly Said[]): Promise<void> {
  await ingestText(context, 'web', spellAll(events), 'web.jsonl')
  await walk(context)
}

async function walk(context: Context): Promise<Readonly<Record<string, unknown>>> {
  const run = await workOffRun(context, await openPath(context, { asOf: AS_OF }))
  expect(run.state).toBe('done')
  return run.counts
}

/** All that follows from what events are called, by actor and so the same in another database. */
async function observe({ store: { sql } }: Context): Promise<unknown> {
  return {
    events: [...(await sql`SELECT * FROM onefold.events ORDER BY event_id`)],
    lines: [...(await sql`SELECT * FROM onefold.ordered_lines ORDER BY event_id`)],
    histories: [
      ...(await sql`
        SELECT actor_id, told.at, kind, name, category, scroll_depth FROM onefold.histories,
          unnest(at, words, categories, scroll_depths) AS told (at, word_id, category, scroll_depth)
        JOIN onefold.event_words USING (word_id) ORDER BY 1, 2, 3, 4, 5, 6`),
    ],
    people: [
      ...(await sql`
        SELECT member.record_id, session.started_at, session.events, session.page_views, session.bounced,
          (SELECT to_jsonb(feature) - 'profile_id' FROM onefold.features AS feature
           WHERE feature.profile_id = member.profile_id) AS features,
          (SELECT published.segments FROM onefold_out.unified_profiles AS published
           JOIN onefold.profiles AS profile ON profile.pseudonym = published.profile_id
           WHERE profile.profile_id = member.profile_id) AS segments
        FROM onefold.profile_members AS member LEFT JOIN onefold.sessions AS session USING (profile_id)
        ORDER BY 1, 2`),
    ],
  }
}

const listNames = async ({ store: { sql } }: Context): Promise<unknown[]> =>
  (await sql`SELECT kind || ': ' || coalesce(name, '–') AS told FROM onefold.events ORDER BY occurred_at`).map(
    ({ told }) => told as unknown,
  )

async function expectToHold(context: Context): Promise<void> {
  expect((await verify(context)).checks.filter(({ broken }) => broken > 0)).toEqual([])
  expect((await verifyAudit(context, [])).findings).toEqual([])
}

let database: MigratedDatabase
beforeEach(async () => {
  database = await openMigratedDatabase('reread')
})
afterEach(() => database.drop())

const happened = fc.record({
  event: fc.constantFrom('Angesehen', 'Gekauft', 'Startseite', 'Product Viewed', 'Order Completed'),
  visitor: fc.nat({ max: 2 }),
  minutesAgo: fc.nat({ max: 20 }).map((n) => 5 + n * 40),
  size: fc.constantFrom('small', 'large', 'Ada Ferncastle'),
})
const step = fc.record({
  events: fc.array(happened, { minLength: 1, maxLength: 5 }),
  declaration: fc.constantFrom(...DECLARATIONS),
  isWalked: fc.boolean(),
})

test('what is declared of events afterwards tells as if it had been declared before, however often it changes [B6 E1 F1]', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 1, maxLength: 4 }),
      fc.constantFrom(...DECLARATIONS),
      async (steps, last) => {
        const [changing, steady] = await Promise.all([
          openMigratedDatabase('reread_a'),
          openMigratedDatabase('reread_b'),
        ])
        try {
          const end = settle(changing.context, last)
          const always = settle(steady.context, last)
          for (const [n, { events, declaration, isWalked }] of steps.entries()) {
            const text = spellAll(events)
            const context = settle(changing.context, declaration)
            await ingestText(context, 'web', text, `web-${n}.jsonl`)
            if (isWalked) await walk(context)
            await ingestText(always, 'web', text, `web-${n}.jsonl`)
          }
          await walk(end)
          await walk(always)
          expect(await observe(end)).toEqual(await observe(always))
          await expectToHold(end)
        } finally {
          await Promise.all([changing.drop(), steady.drop()])
        }
      },
    ),
    { numRuns: 12, endOnFailure: true },
  )
})

test('is done once, and nothing is written of what says the same [B6]', async () => {
  const before = settle(database.context, {})
  await ingestText(
    before,
    'web',
    spellAll([
      { event: 'Angesehen', minutesAgo: 30 },
      { event: 'Search', visitor: 2, minutesAgo: 20 },
    ]),
    'web.jsonl',
  )
  await walk(before)
  expect(await listNames(before)).toEqual(['track: –', 'track: Search'])
  const after = settle(before, { names: { Angesehen: 'Product Viewed' } })
  expect(await walk(after)).toMatchObject({ reread: 2, retold: 1, stitchedProfiles: 1 })
  expect(await listNames(after)).toEqual(['track: Product Viewed', 'track: Search'])
  expect(await walk(after)).not.toHaveProperty('reread')
  // And back again: what is declared no more is not kept.
  expect(await walk(settle(before, { declared: ['Angesehen'] }))).toMatchObject({ retold: 1 })
  expect(await listNames(after)).toEqual(['track: Angesehen', 'track: Search'])
  expect(await walk(before)).toMatchObject({ retold: 1 })
  expect(await listNames(after)).toEqual(['track: –', 'track: Search'])
  await expectToHold(before)
})

test('once a source of orders is declared, events that say so are purchases no more [E1]', async () => {
  const before = settle(database.context, {})
  await tell(before, { event: 'Order Completed' })
  const { sql } = before.store
  expect(await sql`SELECT purchases FROM onefold.features`).toEqual([{ purchases: 1 }])
  await walk(settle(before, {}, { shop: { kind: 'orders' } }))
  expect(await sql`SELECT purchases FROM onefold.features`).toEqual([{ purchases: 0 }])
  await expectToHold(before)
})

test('what a server goes on taking in by the former declaration is read again by the next run [B6 F3]', async () => {
  const [before, after] = [settle(database.context, {}), settle(database.context, { declared: ['Angesehen'] })]
  const intake = openIntake(before)
  const take = (said: Said): Promise<void> => intake.take('web', [Buffer.from(spell(said))])
  await take({ event: 'Angesehen', minutesAgo: 30 })
  await walk(before)
  await walk(after)
  await take({ event: 'Angesehen', minutesAgo: 20 })
  expect(await listNames(after)).toEqual(['track: Angesehen', 'track: –'])
  expect(await walk(after)).toMatchObject({ reread: 2, retold: 1 })
  expect(await listNames(after)).toEqual(['track: Angesehen', 'track: Angesehen'])
  await intake.close()
  expect(await walk(after)).not.toHaveProperty('reread')
  await expectToHold(after)
})

test('a repaired row is read again with its correction [B2 B6]', async () => {
  const before = settle(database.context, {})
  const bad = JSON.stringify({ ...(JSON.parse(spell({ event: 'Angesehen' })) as object), timestamp: 'yesterday' })
  await ingestText(before, 'web', `${bad}\n${spell({ event: 'Angesehen', minutesAgo: 30 })}\n`, 'web.jsonl')
  const [held] = await findHeldRows(before.store.sql, { limit: 10 })
  await fixRow(before, held!, { timestamp: new Date(AS_OF.getTime() - 3_600_000).toISOString() })
  expect(await replayHeld(before, {})).toMatchObject({ accepted: 1 })
  await walk(before)
  const after = settle(before, { names: { Angesehen: 'Product Viewed' } })
  expect(await walk(after)).toMatchObject({ reread: 2, retold: 2 })
  expect(await listNames(after)).toEqual(['track: Product Viewed', 'track: Product Viewed'])
  await expectToHold(after)
})

test('declared anew between its planning and its work, a delivery is read again by the next run [B6]', async () => {
  const before = settle(database.context, {})
  await tell(before, { event: 'Angesehen' })
  const planned = await openPath(settle(before, { declared: ['Angesehen'] }), { asOf: AS_OF })
  expect(planned.chunks).toMatchObject([{ stage: 'reread' }])
  const last = settle(before, { names: { Angesehen: 'Product Viewed' } })
  await workOffRun(last, planned)
  expect(await listNames(last)).toEqual(['track: Product Viewed'])
  expect(await walk(last)).toMatchObject({ reread: 1, retold: 0 })
  expect(await walk(last)).not.toHaveProperty('reread')
})

test('a chunk that dies has written nothing, and the next run does it [B6] (P1)', async () => {
  const before = settle(database.context, {})
  await tell(before, { event: 'Angesehen' })
  const after = settle(before, { declared: ['Angesehen'] })
  const planned = await openPath(after, { asOf: AS_OF })
  const { sql } = before.store
  await sql`ALTER TABLE onefold.unstitched ADD CONSTRAINT planted CHECK (unread IS NULL)`
  expect(await runChunk(after, planned.chunks[0]!, new AbortController().signal)).toBe('dead')
  expect(await advanceRun(after, planned.runId)).toEqual([])
  expect(await listNames(after)).toEqual(['track: –'])
  await sql`ALTER TABLE onefold.unstitched DROP CONSTRAINT planted`
  expect(await walk(after)).toMatchObject({ retold: 1 })
  expect(await listNames(after)).toEqual(['track: Angesehen'])
  await expectToHold(after)
})
