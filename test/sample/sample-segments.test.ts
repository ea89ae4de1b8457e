import { describe, expect, test } from 'vitest'

import { generateSample } from '../../src/sample/generate-sample.ts'
import { groupBy } from './group-by.ts'
import { csvRows, distinctMessages, jsonLines } from './sample-tables.ts'
import type { ToldEvent } from './sample-tables.ts'

const sample = generateSample({ seed: 1 })
const { expected, truth } = sample
const nowMs = sample.asOf.getTime()
const messages = distinctMessages(jsonLines(sample, 'web-events.jsonl').objects as ToldEvent[])

describe('segments have members', () => {
  const orders = csvRows(sample, 'shop-orders.csv')
    .filter((row) => row[7] !== '' && !['voided', 'refunded'].includes(row[2] ?? ''))
    .map((row) => ({
      name: row[0] ?? '',
      ageDays: (nowMs - Date.parse(`${row[8]?.slice(0, 19).replace(' ', 'T')}Z`)) / 86_400_000,
    }))
  const buyerOf = new Map(
    truth.filter(({ source }) => source === 'shop-orders').map(({ key, person }) => [key, String(person)]),
  )
  const buyers = [...groupBy(orders, ({ name }) => buyerOf.get(name)).values()]

  test('recent, frequent and lapsed buyers are as many as expected', () => {
    const { recentBuyers, highFrequency, lapsedLoyal } = expected.segments
    const within = (group: typeof orders, days: number): number => group.filter(({ ageDays }) => ageDays <= days).length
    expect(buyers.filter((group) => within(group, 7) > 0)).toHaveLength(recentBuyers)
    expect(buyers.filter((group) => within(group, 30) > 3)).toHaveLength(highFrequency)
    expect(buyers.filter((group) => group.length > 3 && within(group, 180) === 0)).toHaveLength(lapsedLoyal)
    expect(Math.min(recentBuyers, highFrequency, lapsedLoyal)).toBeGreaterThan(10)
  })

  test('engagement tiers are as many as expected, by counting e-mails', () => {
    const tiers = { high: 0, moderate: 0, low: 0 }
    const mails = messages.filter(({ event }) => event?.startsWith('Email '))
    for (const group of groupBy(mails, ({ userId, context }) => userId ?? context.traits?.email).values()) {
      const count = (name: string): number => group.filter(({ event }) => event === name).length
      const sends = count('Email Delivered')
      const opened = count('Email Opened') / sends
      const clicked = count('Email Link Clicked') / sends
      expect(sends).toBeGreaterThanOrEqual(10)
      if (opened < 0.3 || clicked < 0.1) tiers.low += 1
      else if (opened > 0.75 && clicked > 0.5) tiers.high += 1
      else tiers.moderate += 1
    }
    const { highlyEngaged, moderatelyEngaged, disengaged } = expected.segments
    expect(tiers).toEqual({ high: highlyEngaged, moderate: moderatelyEngaged, low: disengaged })
  })

  test('some visitors make a real-time trigger true', () => {
    const ageMinutes = ({ timestamp }: ToldEvent): number => (nowMs - Date.parse(timestamp)) / 60_000
    const visitors = [
      ...groupBy(
        messages.filter((message) => ageMinutes(message) < 60),
        ({ anonymousId }) => anonymousId,
      ).values(),
    ]
    const burst = visitors.filter((group) => group.filter((message) => ageMinutes(message) < 10).length > 5)
    const repeat = visitors.filter((group) => {
      const views = groupBy(group, ({ event, properties }) =>
        event === 'Product Viewed' ? properties?.product_id : undefined,
      )
      return Math.max(0, ...[...views.values()].map(({ length }) => length)) > 3
    })
    const abandoned = visitors.filter((group) => {
      const started = group.some((message) => message.event === 'Checkout Started' && ageMinutes(message) < 30)
      return started && !group.some(({ event }) => event === 'Order Completed')
    })
    const { burstVisitors, repeatViewers, cartAbandoners } = expected.segments
    expect([burst.length, repeat.length, abandoned.length]).toEqual([burstVisitors, repeatViewers, cartAbandoners])
    expect(messages.every((message) => ageMinutes(message) >= 0)).toBe(true)
  })

  test('an order on the site is an order of the shop', () => {
    const names = new Set(csvRows(sample, 'shop-orders.csv').map(([name]) => name))
    const completed = messages.filter(({ event }) => event === 'Order Completed')
    expect(completed.length).toBeGreaterThan(100)
    expect(completed.every(({ properties }) => names.has(properties?.order_id ?? ''))).toBe(true)
  })
})
