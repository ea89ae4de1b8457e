import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import type { RepeatSpending } from '../../../src/feature/lifetime/gamma-gamma.ts'
import type { PurchaseDay, PurchaseSummary } from '../../../src/feature/lifetime/purchase-summary.ts'
import { findDataFolder } from '../find-data-folder.ts'

const folder = findDataFolder()

/** Whether the public purchases of CDNOW's customers are there. */
export const hasCdnow = folder !== undefined

/** The published summary of 2,357 customers, in weeks until 30 September 1997, with what they spent when they came back. */
export function readCdnowSummary(): { summaries: PurchaseSummary[]; spent: RepeatSpending[] } {
  const rows = parse<Record<string, string>>(
    readFileSync(join(folder ?? '', 'behaviour/cdnow/cdnow_customers_summary_with_transactions.csv')),
    { columns: true },
  )
  const numbers = rows.map((row) => ({
    repeats: Number(row['x']),
    lastAt: Number(row['t_x']),
    age: Number(row['T']),
    mean: Number(row['zbar']),
  }))
  return {
    summaries: numbers.map(({ repeats, lastAt, age }) => ({ repeats, lastAt, age })),
    spent: numbers.filter(({ repeats }) => repeats > 0).map(({ repeats, mean }) => ({ repeats, mean })),
  }
}

/** The raw purchases of the same customers over 18 months, a list a customer in the order of their numbers. */
export function readCdnowHistories(): PurchaseDay[][] {
  const byCustomer = new Map<string, PurchaseDay[]>()
  for (const line of readFileSync(join(folder ?? '', 'behaviour/cdnow/CDNOW_sample.txt'), 'utf8').split('\n')) {
    const [, customer, date, , amount] = line.trim().split(/\s+/)
    if (customer === undefined || date === undefined) continue
    const days = byCustomer.get(customer) ?? []
    byCustomer.set(customer, days)
    days.push({ day: toDay(date), amount: Number(amount) })
  }
  return [...byCustomer.values()]
}

/** 19970930 as days since 1970. */
export function toDay(date: string): number {
  return Date.UTC(Number(date.slice(0, 4)), Number(date.slice(4, 6)) - 1, Number(date.slice(6))) / 86_400_000
}
