import { afterEach, beforeEach, expect, test } from 'vitest'
import { openPath } from '../../src/pipeline/open-path.ts'
import { verify } from '../../src/pipeline/verify/verify.ts'
import { type MigratedDatabase, openMigratedDatabase } from '../support/open-migrated-database.ts'
import { workOffRun } from '../support/work-off-run.ts'
import { configure, ingestText } from './ingest-text.ts'

let database: MigratedDatabase
beforeEach(async () => {
  database = await openMigratedDatabase('alias')
})
afterEach(() => database.drop())

const EVENTS = [
  { type: 'page', anonymousId: 'v-1' },
  { type: 'track', event: 'Product Viewed', userId: 'u-1' },
  { type: 'alias', previousId: 'v-1', userId: 'u-1' },
  { type: 'page', anonymousId: 'v-2' },
]

test.each([
  ['after what it joins', [0, 1, 2, 3]],
  ['before it', [2, 0, 3, 1]],
  ['between', [1, 2, 3, 0]],
])('an alias that arrives %s makes visitor and user one person [A3]', async (_, order) => {
  const context = configure(database.context, { sources: { web: { kind: 'events', preset: 'segment-events' } } })
  for (const at of order) {
    const event = { ...EVENTS[at], messageId: `m-${at}`, timestamp: `2026-06-29T10:0${at}:00Z` }
    await ingestText(context, 'web', JSON.stringify(event), 'events.jsonl')
    await workOffRun(context, await openPath(context, { asOf: new Date('2026-06-30T00:00:00Z') }))
  }
  const sizes = await context.store.sql<{ events: number }[]>`
    SELECT count(*) AS events FROM onefold.events JOIN onefold.profile_members ON record_id = actor_id
    GROUP BY profile_id ORDER BY events`
  expect(sizes.map(({ events }) => events)).toEqual([1, 3])
  expect((await verify(context)).checks.filter(({ broken }) => broken > 0)).toEqual([])
})
