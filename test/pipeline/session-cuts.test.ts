import { afterEach, beforeEach, expect, test } from 'vitest'
import type { DeclaredSettings } from '../../src/config/settings.ts'
import type { Context } from '../../src/pipeline/context.ts'
import { openPath } from '../../src/pipeline/open-path.ts'
import { verify } from '../../src/pipeline/verify/verify.ts'
import { verifyRebuild } from '../../src/pipeline/verify/verify-rebuild.ts'
import { type MigratedDatabase, openMigratedDatabase } from '../support/open-migrated-database.ts'
import { workOffRun } from '../support/work-off-run.ts'
import { configure, ingestText } from './ingest-text.ts'

let database: MigratedDatabase
beforeEach(async () => {
  database = await openMigratedDatabase('session_cuts')
})
afterEach(() => database.drop())

const DAY = Date.UTC(2026, 5, 29)
/** One visit of one cookie, a view each quarter of an hour from 22:30, with what some of them say besides. */
const VISIT = Array.from({ length: 12 }, (_, quarter) => ({
  type: 'page',
  messageId: `m-${quarter}`,
  anonymousId: 'v-1',
  timestamp: new Date(DAY + (22.5 + quarter / 4) * 3_600_000).toISOString(),
  ...(quarter >= 2 && quarter < 4 ? { userId: 'u-1' } : {}),
  ...(quarter >= 4 && quarter < 6 ? { userId: 'u-2' } : {}),
  ...(quarter === 8 ? { context: { campaign: { name: 'Spring' } } } : {}),
  ...(quarter === 9 ? { context: { campaign: { name: 'spring' } } } : {}),
  ...(quarter === 10 ? { context: { campaign: { name: 'autumn' } } } : {}),
}))

function settle(cuts: NonNullable<DeclaredSettings['events']>['session_cuts']): Context {
  return configure(database.context, {
    sources: { web: { kind: 'events', preset: 'segment-events' } },
    // Who shares a cookie is one person here, with as many logins as there are.
    identity: { identifiers: { user_id: { max_per_profile: null } } },
    events: cuts === undefined ? {} : { session_cuts: cuts },
  })
}

async function stitch(context: Context, events: readonly object[]): Promise<void> {
  await ingestText(context, 'web', events.map((event) => `${JSON.stringify(event)}\n`).join(''), 'events.jsonl')
  await workOffRun(context, await openPath(context, { asOf: new Date(DAY + 3 * 86_400_000) }))
}

const listSessions = async (context: Context) =>
  (await context.store.sql<{ events: number }[]>`SELECT events FROM onefold.sessions ORDER BY started_at`).map(
    ({ events }) => events,
  )

test.each([
  ['nothing but pauses', undefined, [12]],
  ['midnight in a zone', { midnight: 'Europe/London' }, [2, 10]],
  ['a new campaign, in any spelling', { campaign: true }, [8, 2, 2]],
  ['a new user, not the first', { user: true }, [4, 8]],
  ['its length', { longest: '1h' }, [4, 4, 4]],
] as const)('a visit is cut by %s, and late events give what a batch gives [C9]', async (_, cuts, expected) => {
  const context = settle(cuts)
  await stitch(context, VISIT.filter((__, quarter) => quarter % 3 !== 1).toReversed())
  await stitch(
    context,
    VISIT.filter((__, quarter) => quarter % 3 === 1),
  )
  expect(await listSessions(context)).toEqual(expected)
  const checks = [...(await verify(context)).checks, ...(await verifyRebuild(context))]
  expect(checks.filter(({ broken }) => broken > 0)).toEqual([])
})

test('other cuts cut what is there anew with the next run, and the same ones nothing', async () => {
  const context = settle(undefined)
  await stitch(context, VISIT)
  expect(await listSessions(context)).toEqual([12])
  const changed = settle({ longest: '1h' })
  const walk = async () => workOffRun(changed, await openPath(changed, { asOf: new Date(DAY + 3 * 86_400_000) }))
  expect((await walk()).counts).toMatchObject({ sessions: 3 })
  expect(await listSessions(changed)).toEqual([4, 4, 4])
  expect((await walk()).counts['sessions'] ?? 0).toBe(0)
})

test('a session of more than three days is kept, and counts for nobody [C9]', async () => {
  const context = settle(undefined)
  const pings = Array.from({ length: 4 * 72 }, (_, index) => ({
    ...{ type: 'page', messageId: `p-${index}`, anonymousId: 'v-2', userId: 'u-3' },
    timestamp: new Date(DAY - 4 * 86_400_000 + index * 20 * 60_000).toISOString(),
  }))
  await stitch(context, [...pings, ...VISIT])
  const rows = await context.store.sql`
    SELECT quarantined, events, features.sessions AS counted FROM onefold.sessions
    JOIN onefold.features USING (profile_id) ORDER BY events`
  expect(rows).toMatchObject([
    { quarantined: false, events: 12, counted: 1 },
    { quarantined: true, events: 288, counted: 0 },
  ])
})
