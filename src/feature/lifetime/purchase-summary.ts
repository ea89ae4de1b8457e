import type { RepeatSpending } from './gamma-gamma.ts'

/**
 * What models of repeat buying know of one buyer. A day with any purchase counts once, as the published results do: an
 * order split into two is not a return. Times in weeks.
 */
export interface PurchaseSummary {
  /** Purchase days after the first. */
  readonly repeats: number
  /** From the first purchase to the last, 0 without repeats. */
  readonly lastAt: number
  /** From the first purchase to the end of what is known. */
  readonly age: number
}

/** Summaries of many buyers, equal ones counted: likelihoods are sums over the distinct. */
export interface GroupedSummaries {
  readonly repeats: Float64Array
  readonly lastAt: Float64Array
  readonly age: Float64Array
  readonly buyers: Float64Array
}

export const DAYS_A_WEEK = 7

/**
 * One buyer's summary until the UTC day `end` from the days of purchase, all as days since 1970, in any order, repeated
 * or not. Days after `end` are not there yet. Undefined for who had not bought by then.
 */
export function summarizePurchases(days: Iterable<number>, end: number): PurchaseSummary | undefined {
  const distinct = new Set<number>()
  let [first, last] = [Infinity, -Infinity]
  for (const day of days) {
    if (day > end) continue
    distinct.add(day)
    first = Math.min(first, day)
    last = Math.max(last, day)
  }
  if (distinct.size === 0) return undefined
  return { repeats: distinct.size - 1, lastAt: (last - first) / DAYS_A_WEEK, age: (end - first) / DAYS_A_WEEK }
}

/** Counts equal summaries. Order-free up to the order of the groups, which is by value. */
export function groupSummaries(summaries: Iterable<PurchaseSummary>): GroupedSummaries {
  const counts = new Map<string, { readonly summary: PurchaseSummary; buyers: number }>()
  for (const summary of summaries) {
    const key = `${summary.repeats} ${summary.lastAt} ${summary.age}`
    const group = counts.get(key)
    if (group === undefined) counts.set(key, { summary, buyers: 1 })
    else group.buyers += 1
  }
  const groups = [...counts.values()].toSorted(
    ({ summary: left }, { summary: right }) =>
      left.repeats - right.repeats || left.lastAt - right.lastAt || left.age - right.age,
  )
  return {
    repeats: Float64Array.from(groups, ({ summary }) => summary.repeats),
    lastAt: Float64Array.from(groups, ({ summary }) => summary.lastAt),
    age: Float64Array.from(groups, ({ summary }) => summary.age),
    buyers: Float64Array.from(groups, ({ buyers }) => buyers),
  }
}

/** A UTC day, as days since 1970, on which somebody bought, and what it came to; 0 or less where it is not known. */
export interface PurchaseDay {
  readonly day: number
  readonly amount: number
}

/**
 * What a buyer spent on average on the days after the first that cost something; undefined without any. The first is
 * left out, as in the published results: it does not tell repeat buyers apart.
 */
export function summarizeSpending(days: readonly PurchaseDay[], end: number): RepeatSpending | undefined {
  const first = Math.min(...days.map(({ day }) => day))
  const known = days.filter(({ day, amount }) => day > first && day <= end && amount > 0)
  if (known.length === 0) return undefined
  return { repeats: known.length, mean: known.reduce((sum, { amount }) => sum + amount, 0) / known.length }
}
