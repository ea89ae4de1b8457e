import { expect, test } from 'vitest'
import { FEW_ROWS } from '../../src/store/ingest/few-rows.ts'
import type { Context } from '../../src/pipeline/context.ts'
import { openMigratedDatabase } from '../support/open-migrated-database.ts'
import { configure, ingestText } from './ingest-text.ts'
import { readRawRows } from './read-raw-rows.ts'

/** Of which more than that are accepted. */
const ROWS = FEW_ROWS + 150
const TEXTS = ['null', 'size "L"', 'a\\b', '{x,y}', 'Ærø', '']

/** A row of a kind of its own, by its number: pages, purchases, bots, repeats, and rows that nobody understands. */
function spellRow(n: number): string {
  if (n % 97 === 5) return '{"type": "track", '
  const text = TEXTS[n % TEXTS.length]!
  const [name, properties] =
    n % 3 === 0
      ? ['Order Completed', { order_id: `o-${n}`, total: n / 7, currency: 'EUR' }]
      : ['Product Viewed', { product_id: text, price: 1 / n, category: text }]
  return JSON.stringify({
    // Each 50th says again what the one before it said.
    ...{ messageId: `m-${n % 50 === 1 ? n - 1 : n}`, anonymousId: `visitor-${n % 40}`, timestamp: tellTime(n) },
    ...(n % 4 === 0 ? { type: 'page', name: 'Home' } : { type: 'track', event: name, properties }),
    context: {
      ...(n % 5 === 0 && { campaign: { name: `spring ${n % 3}` } }),
      ...(n % 11 === 0 && { userAgent: 'Googlebot/2.1 (+http://www.google.com/bot.html)' }),
    },
  })
}

/** Over three months; of some rows the time is none. */
function tellTime(n: number): string {
  return n % 61 === 7 ? 'yesterday' : new Date(Date.UTC(2026, 3, 1, 0, 0, 0, n) + n * 7_000_000).toISOString()
}

test('rows become the same, in many statements or by a copy [A7] (P4)', async () => {
  const lines = Array.from({ length: ROWS }, (_, index) => spellRow(index + 1))
  const taken: unknown[] = []
  for (const parts of [[lines], [lines.slice(0, FEW_ROWS), lines.slice(FEW_ROWS)]]) {
    const database = await openMigratedDatabase('few_rows')
    try {
      const context = configure(database.context, {
        sources: { web: { kind: 'events', preset: 'segment-events', count_orders: true } },
      })
      for (const part of parts) await ingestText(context, 'web', `${part.join('\n')}\n`, 'web.jsonl')
      taken.push(await read(context))
    } finally {
      await database.drop()
    }
  }
  expect(taken[1]).toEqual(taken[0])
  const { events, ordered, rows, raws } = taken[0] as {
    events: { order_key: string | null }[]
    ordered: unknown[]
    rows: { outcome: string }[]
    raws: string[]
  }
  expect(new Set(rows.map(({ outcome }) => outcome))).toEqual(new Set(['accepted', 'duplicate', 'quarantined']))
  expect(events.length).toBe(rows.filter(({ outcome }) => outcome === 'accepted').length)
  expect(raws).toEqual(lines)
  expect(events.length).toBeGreaterThan(FEW_ROWS)
  expect(ordered.length).toBe(events.filter((event) => event.order_key !== null).length)
})

/** All there is of the rows, as it was taken in. */
async function read(context: Context): Promise<Record<string, unknown>> {
  const { sql } = context.store
  return {
    raws: await readRawRows(context),
    events: [...(await sql`SELECT * FROM onefold.events ORDER BY event_id`)],
    ids: [...(await sql`SELECT event_id FROM onefold.event_ids ORDER BY event_id`)],
    ordered: [...(await sql`SELECT * FROM onefold.ordered_lines ORDER BY event_id`)],
    words: [...(await sql`SELECT kind, name FROM onefold.event_words ORDER BY kind, name`)],
    rows: [
      ...(await sql`
        SELECT outcome, record_id, fingerprint, issues FROM onefold.raw_records JOIN onefold.deliveries USING (delivery_id)
        ORDER BY received_at, row_no`),
    ],
    unstitched: [
      ...(await sql`SELECT actor_id, min(since) FROM onefold.unstitched GROUP BY actor_id ORDER BY actor_id`),
    ],
    found: [
      ...(await sql`
        SELECT code, field, severity, sum(checked) AS checked, sum(failed) AS failed FROM onefold.quality_results
        GROUP BY code, field, severity ORDER BY code, field, severity`),
    ],
  }
}
