import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Context } from '../../src/pipeline/context.ts'
import { composeReading } from '../../src/pipeline/ingest/compose-reading.ts'
import { takeInNow } from '../../src/pipeline/now/take-in-now.ts'
import { openPath } from '../../src/pipeline/open-path.ts'
import { explainMembership } from '../../src/pipeline/segments/explain-membership.ts'
import { previewSegment } from '../../src/pipeline/segments/preview-segment.ts'
import { type MigratedDatabase, openMigratedDatabase } from '../support/open-migrated-database.ts'
import { workOffRun } from '../support/work-off-run.ts'
import { configure, ingestText } from './ingest-text.ts'

let database: MigratedDatabase
beforeEach(async () => {
  database = await openMigratedDatabase('fallback_segment')
})
afterEach(() => database.drop())

const AS_OF = new Date('2026-06-30T12:00:00Z')
const OWNED = { description: 'Hardly known.', owner: 'marketing', review: '2027-06-30' }

test('who is too little known is in the fallback alone, until more is known of them [B3]', async () => {
  const { sql } = database.context.store
  const settleWith = (fallback: boolean, version: number): Context => ({
    ...configure(database.context, {
      sources: {
        shop: {
          kind: 'orders',
          namespace: 'shop',
          columns: { order: 'order_id', user: 'user_id', at: 'occurred_at', amount: 'amount' },
        },
        crm: {
          kind: 'people',
          namespace: 'shop',
          columns: { id: 'record_key', user: 'user_id', country: 'country', mail: 'email' },
        },
      },
      segments: {
        thin: {
          ...OWNED,
          ...{ fallback, version },
          rule: { known_share_of: ['country', 'email_class', 'recency_days'], below: 0.5 },
        },
      },
    }),
    now: () => AS_OF,
  })
  const context = settleWith(true, 1)
  const walk = async (by = context): Promise<unknown[]> => {
    expect((await workOffRun(by, await openPath(by, { asOf: AS_OF }))).state).toBe('done')
    const rows = await sql`
      SELECT segment_id AS segment, reason FROM onefold_out.segment_memberships
      WHERE valid_to IS NULL AND (segment_id IN ('thin', 'recent_buyers') OR segment_id LIKE 'rfm%') ORDER BY 1`
    return rows.map(({ segment, reason }) => [segment, segment === 'thin' ? reason : ''])
  }
  await ingestText(context, 'shop', 'order,user,at,amount\no1,u1,2026-06-25T12:00:00Z,80\n')
  const fallback = ['thin', '1 of 3 known (share below 0.5), not country, email_class']
  expect(await walk()).toEqual([['recent_buyers', ''], fallback])
  const [buyer] = await sql<{ id: string }[]>`SELECT profile_id AS id FROM onefold.features`
  expect(await explainMembership(context, 'rfm10_others', buyer!.id)).toMatchObject({
    isMember: false,
    reason: `in thin, the fallback: ${fallback[1]}`,
  })
  expect(await previewSegment(context, 'thin', 1)).toMatchObject({ members: 1, entering: 0 })
  // Who begins to keep people out is another segment than before.
  await expect(openPath(settleWith(false, 1), { asOf: AS_OF })).rejects.toMatchObject({ code: 'segment.rule_changed' })
  const without = await walk(settleWith(false, 2))
  expect(without.map((row) => (row as string[])[0])).toEqual(['recent_buyers', 'rfm10_lost', 'rfm3_at_risk', 'thin'])
  const reading = composeReading(context.settings.sources['crm']!, context.settings, AS_OF)
  const again = settleWith(true, 3)
  expect(await walk(again)).toEqual([['recent_buyers', ''], fallback])
  const bytes = Buffer.from('id,user,country,mail\n1,u1,GB,ada@mailhaven.net\n')
  expect(await takeInNow(again, 'crm', reading, { name: 'crm.csv', bytes }, { asOf: AS_OF })).toMatchObject({
    isResolved: true,
  })
  const known = await sql`SELECT segments FROM onefold_out.unified_profiles`
  expect(known[0]?.['segments']).not.toContain('thin')
  expect(known[0]?.['segments']).toContain('rfm10_lost')
  await ingestText(again, 'crm', 'id,user,country,mail\n1,u1,,\n', 'later.csv')
  expect(await walk(again)).toEqual([['recent_buyers', ''], fallback])
})
