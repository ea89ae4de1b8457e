import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPath } from '../../src/pipeline/open-path.ts'
import { verify } from '../../src/pipeline/verify/verify.ts'
import { verifyRebuild } from '../../src/pipeline/verify/verify-rebuild.ts'
import { type MigratedDatabase, openMigratedDatabase } from '../support/open-migrated-database.ts'
import { workOffRun } from '../support/work-off-run.ts'
import { configure, ingestText } from './ingest-text.ts'

let database: MigratedDatabase
beforeAll(async () => {
  database = await openMigratedDatabase('bots')
})
afterAll(() => database.drop())

const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0'
const CRAWLER = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'

test('what bots send is kept and marked, and counts for nobody [A3]', async () => {
  const context = configure(database.context, { sources: { web: { kind: 'events', preset: 'segment-events' } } })
  const send = (n: number, event: object, userAgent?: string): string =>
    JSON.stringify({
      ...{ messageId: `m-${n}`, anonymousId: 'v-1', userId: 'u-1', timestamp: `2026-06-29T10:0${n}:00Z`, ...event },
      ...(userAgent === undefined ? {} : { context: { userAgent } }),
    })
  const lines = [
    send(0, { type: 'page' }, BROWSER),
    send(1, { type: 'page' }, CRAWLER),
    send(2, { type: 'page' }),
    send(3, { type: 'track', event: 'Email Opened' }, 'python-requests/2.32'),
    send(4, { type: 'track', event: 'Email Opened' }, BROWSER),
  ]
  expect(await ingestText(context, 'web', lines.join('\n'), 'events.jsonl')).toMatchObject({ accepted: 5 })
  await workOffRun(context, await openPath(context, { asOf: new Date('2026-06-30T00:00:00Z') }))
  const { sql } = context.store
  expect(await sql`SELECT bot, count(*) FROM onefold.events GROUP BY bot ORDER BY bot`).toEqual([
    { bot: false, count: 3 },
    { bot: true, count: 2 },
  ])
  expect(await sql`SELECT events, page_views FROM onefold.sessions`).toEqual([{ events: 3, page_views: 2 }])
  expect(await sql`SELECT opens FROM onefold.features`).toEqual([{ opens: 1 }])
  const checks = [...(await verify(context)).checks, ...(await verifyRebuild(context))]
  expect(checks.filter(({ broken }) => broken > 0)).toEqual([])
})
