import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { deriveCutPoints } from '../../src/feature/derive-cut-points.ts'
import { derivePurchaseBase } from '../../src/feature/derive-purchase-base.ts'
import type { OrderLine } from '../../src/feature/gather-orders.ts'
import { scoreRfm } from '../../src/feature/score-rfm.ts'
import type { RfmScore } from '../../src/feature/score-rfm.ts'
import { evaluateSegments } from '../../src/segment/evaluate-segments.ts'
import { buildFeatureRow } from '../segment/build-feature-row.ts'
import { BUILT_IN_SEGMENTS } from '../../src/segment/built-in-segments.ts'
import { findDataFolder } from './find-data-folder.ts'

const folder = findDataFolder()
const hasData = folder !== undefined

type CsvRow = Record<string, string>

function readCsv(name: string): CsvRow[] {
  const bytes = readFileSync(join(folder ?? '', 'behaviour', name))
  return parse<CsvRow>(name.endsWith('.gz') ? gunzipSync(bytes) : bytes, { columns: true })
}

function countSegments(scores: readonly RfmScore[], recencyDays?: readonly number[]): Record<string, number> {
  const rows = scores.map(({ id, r, f, m, monetaryPercentile }, index) => {
    const days = recencyDays?.[index]
    return buildFeatureRow({
      profileId: id,
      r,
      f,
      m,
      monetaryPercentile,
      ...(days === undefined ? {} : { recencyDays: days, lastPurchaseAt: -days * 86_400_000 }),
    })
  })
  const counts: Record<string, number> = {}
  for (const { segmentId } of evaluateSegments(rows, BUILT_IN_SEGMENTS, 0)) {
    counts[segmentId] = (counts[segmentId] ?? 0) + 1
  }
  return counts
}

describe.skipIf(!hasData)('Online Retail at 2011-12-10 (skipped when the public data folder is absent)', () => {
  const asOf = Date.UTC(2011, 11, 10)

  function readBuyers() {
    const lines = new Map<string, OrderLine[]>()
    for (const row of readCsv('onlineretail/lines.csv.gz')) {
      const [quantity, price] = [Number(row.Quantity), Number(row.UnitPrice)]
      if (!row.CustomerID || row.InvoiceNo?.startsWith('C') || quantity <= 0 || price <= 0) continue
      const line = { orderKey: row.InvoiceNo ?? '', at: Date.parse(row.InvoiceDate ?? ''), amount: quantity * price }
      const known = lines.get(row.CustomerID)
      if (known) known.push(line)
      else lines.set(row.CustomerID, [line])
    }
    return [...lines].map(([id, orders]) => {
      const base = derivePurchaseBase(orders, asOf)
      return { id, recencyDays: base.recencyDays ?? Number.NaN, frequency: base.purchases, monetary: base.totalSpent }
    })
  }

  it('gives the reference recency, frequency and money of all 4,338 customers, and the reference segments', () => {
    const buyers = readBuyers()
    const reference = new Map(readCsv('onlineretail/rfm_customer.csv').map((row) => [row.CustomerID, row]))
    expect(buyers).toHaveLength(4338)
    for (const { id, recencyDays, frequency, monetary } of buyers) {
      const row = reference.get(id)
      expect([recencyDays, frequency]).toEqual([Number(row?.recency), Number(row?.frequency)])
      expect(monetary).toBeCloseTo(Number(row?.monetary), 2)
    }
    const days = buyers.map((buyer) => buyer.recencyDays)
    expect(countSegments(scoreRfm(buyers, 'ntile').scores, days)).toMatchObject({
      rfm3_champions: 348,
      rfm3_at_risk: 831,
      rfm3_potential: 545,
      rfm3_others: 2614,
      premium: 867,
      top_10_percent: 433,
      recent_buyers: 464,
    })
    expect(countSegments(scoreRfm(buyers, 'cume_dist').scores)).toMatchObject({
      rfm3_champions: 348,
      rfm3_at_risk: 792,
      rfm3_potential: 606,
      rfm3_others: 2592,
    })
  })
})

describe.skipIf(!hasData)('the rfm package of R (skipped when the public data folder is absent)', () => {
  it('gives the same scores by quantiles rounded up, and the same ten segments', () => {
    const reference = readCsv('oracles/rfm_orders_rpkg_scores.csv')
    const asOf = Date.UTC(2006, 11, 31)
    const lines = new Map<string, OrderLine[]>()
    for (const [row, order] of readCsv('rfm/rfm_data_orders.csv').entries()) {
      const line = { orderKey: String(row), at: Date.parse(order.order_date ?? ''), amount: Number(order.revenue) }
      lines.set(order.customer_id ?? '', [...(lines.get(order.customer_id ?? '') ?? []), line])
    }
    const buyers = reference.map(({ customer_id: id = '' }) => {
      const base = derivePurchaseBase(lines.get(id) ?? [], asOf)
      return { id, recencyDays: base.recencyDays ?? Number.NaN, frequency: base.purchases, monetary: base.totalSpent }
    })
    const cutPoints = {
      r: deriveCutPoints(
        buyers.map((buyer) => buyer.recencyDays),
        5,
        'up',
      ),
      f: deriveCutPoints(
        buyers.map((buyer) => buyer.frequency),
        5,
        'up',
      ),
      m: deriveCutPoints(
        buyers.map((buyer) => buyer.monetary),
        5,
        'up',
      ),
    }
    const { scores } = scoreRfm(buyers, 'fixed', cutPoints)
    expect(scores.map((score) => score.combined)).toEqual(reference.map((row) => Number(row.rfm)))
    expect(countSegments(scores)).toMatchObject({
      rfm10_champions: 35,
      rfm10_potential_loyalist: 342,
      rfm10_loyal_customers: 170,
      rfm10_promising: 9,
      rfm10_new_customers: 104,
      rfm10_cant_lose_them: 47,
      rfm10_at_risk: 28,
      rfm10_need_attention: 10,
      rfm10_about_to_sleep: 102,
      rfm10_lost: 148,
    })
  })
})
