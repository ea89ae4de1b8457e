import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Context } from '../../src/pipeline/context.ts'
import { reportEvents } from '../../src/pipeline/quality/report-events.ts'
import { type MigratedDatabase, openMigratedDatabase } from '../support/open-migrated-database.ts'
import { configure, ingestText } from './ingest-text.ts'

let database: MigratedDatabase
let context: Context
beforeAll(async () => {
  database = await openMigratedDatabase('report_events')
  const columns = { id: 'message_id', who: 'anonymous_id', what: 'event_name', at: 'occurred_at' } as const
  context = {
    ...configure(database.context, { sources: { web: { kind: 'events', columns } } }),
    now: () => new Date('2026-06-20T15:00:00Z'),
  }
})
afterAll(() => database.drop())

test('no events are no report', async () => {
  expect(await reportEvents(context)).toBeUndefined()
})

test('a month of events is told by kind, with what is new, what is gone and the days that fall out [B6]', async () => {
  const rows: string[] = []
  const tell = (what: string, day: string, times: number): void => {
    for (let n = 0; n < times; n += 1)
      rows.push(`m${rows.length},v${n % 5},${what},${day}T12:00:${String(n % 60).padStart(2, '0')}Z`)
  }
  for (let day = 10; day <= 31; day += 1) tell('Product Viewed', `2026-05-${day}`, 50)
  for (let day = 1; day <= 19; day += 1)
    tell('Product Viewed', `2026-06-${String(day).padStart(2, '0')}`, day === 12 ? 3 : 50)
  // Today is not over.
  tell('Product Viewed', '2026-06-20', 2)
  tell('Product Added', '2026-05-20', 1)
  tell('Search', '2026-06-02', 1)
  tell('Unheard Of', '2026-06-02', 2)
  await ingestText(context, 'web', `id,who,what,at\n${rows.join('\n')}\n`)
  const report = await reportEvents(context)
  expect(report).toMatchObject({ from: new Date('2026-06-01T00:00:00Z'), to: new Date('2026-06-20T00:00:00Z') })
  const kinds = report!.kinds.map(({ name, events, before, change }) => ({ name, events, before, change }))
  expect(kinds).toEqual([
    { name: 'Product Added', events: 0, before: 1, change: 'gone' },
    { name: 'Product Viewed', events: 18 * 50 + 3, before: 19 * 50, change: 'kept' },
    { name: 'Search', events: 1, before: 0, change: 'new' },
    { name: null, events: 2, before: 0, change: 'new' },
  ])
  expect(report!.days).toMatchObject([{ source: 'web', day: '2026-06-12', events: 3, usual: 50, verdict: 'gap' }])
  expect(report!.findings).toEqual([{ source: 'web', code: 'event.unknown_kind', failed: 2 }])
  await expect(reportEvents(context, '2026-07')).rejects.toMatchObject({ code: 'events.month_not_over' })
  const firstOfMonth = { ...context, now: () => new Date('2026-07-01T09:00:00Z') }
  expect(await reportEvents(firstOfMonth)).toMatchObject({ to: new Date('2026-07-01T00:00:00Z') })
  expect((await reportEvents(context, '2026-05'))!.kinds).toMatchObject([{ change: 'new' }, { change: 'new' }])
})
