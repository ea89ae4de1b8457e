import { describe, expect, it } from 'vitest'
import { composeFeatureRow } from '../../src/feature/compose-feature-row.ts'
import { NO_ACTIVITY } from '../../src/feature/derive-engagement.ts'
import { FEATURES } from '../../src/feature/features.ts'
import { buildFeatureRow } from '../segment/build-feature-row.ts'

const DAY = 86_400_000
const MIDNIGHT = Date.UTC(2026, 5, 15)
const NOTHING = { profileId: 'prf_1', orders: [], sessions: [], activity: NO_ACTIVITY }

function visit(startedAt: number, seconds: number, pageViews: number) {
  return { startedAt, endedAt: startedAt + seconds * 1000, pageViews, bounced: pageViews < 2 }
}

describe('composeFeatureRow', () => {
  it('gives zeros for counts and nothing for what is undefined where nothing happened', () => {
    expect(composeFeatureRow(NOTHING, MIDNIGHT)).toEqual(buildFeatureRow())
    const known = Object.entries(FEATURES).filter(([, { unknown }]) => unknown === null)
    expect(Object.keys(buildFeatureRow()).toSorted()).toEqual(
      ['profileId', ...known.map(([member]) => member)].toSorted(),
    )
  })

  it('describes visits', () => {
    const sessions = [
      visit(MIDNIGHT - 31 * DAY, 30, 1),
      visit(MIDNIGHT - 30 * DAY, 90, 5),
      visit(MIDNIGHT - 2 * DAY, 60, 3),
    ]
    expect(composeFeatureRow({ ...NOTHING, sessions }, MIDNIGHT)).toMatchObject({
      sessions: 3,
      sessions30d: 2,
      averageSessionSeconds: 60,
      bounceRate: 1 / 3,
      pageViews: 9,
      lastActiveAt: MIDNIGHT - 2 * DAY + 60_000,
      daysSinceLastActive: 2,
    })
  })

  it('draws a line through the visits of the weeks', () => {
    const weekly = [1, 1, 2, 3, 5, 8]
    const sessions = weekly.flatMap((visits, week) =>
      Array.from({ length: visits }, () => visit(MIDNIGHT - (weekly.length - 1 - week) * 7 * DAY - DAY, 60, 2)),
    )
    const first = visit(MIDNIGHT - 6 * 7 * DAY - 1, 60, 2)
    // numpy.polyfit of 1, 1, 2, 3, 5, 8 over six weeks.
    const { sessionsTrend, sessions7d } = composeFeatureRow({ ...NOTHING, sessions: [first, ...sessions] }, MIDNIGHT)
    expect(sessionsTrend).toBeCloseTo(1.371428571, 9)
    expect(sessions7d).toBe(8)
    const recent = composeFeatureRow({ ...NOTHING, sessions: [visit(MIDNIGHT - 20 * DAY, 60, 3)] }, MIDNIGHT)
    expect(recent).not.toHaveProperty('sessionsTrend')
  })

  it('rates messages, and what was looked at before the first purchase', () => {
    const activity = { ...NO_ACTIVITY, sends: 8, opens: 4, clicks: 1, firstLookAt: MIDNIGHT - 3 * DAY }
    const orders = [{ orderKey: 'o1', at: MIDNIGHT - DAY, amount: 3 }]
    expect(composeFeatureRow({ ...NOTHING, activity, orders }, MIDNIGHT)).toMatchObject({
      ...{ openRate: 0.5, clickRate: 0.125, hoursToFirstPurchase: 48 },
    })
    const late = { ...activity, firstLookAt: MIDNIGHT }
    expect(composeFeatureRow({ ...NOTHING, activity: late, orders }, MIDNIGHT)).not.toHaveProperty(
      'hoursToFirstPurchase',
    )
  })

  it('tells how long after a visit somebody buys, and what they left in the cart [E4 E5]', () => {
    const sessions = [visit(MIDNIGHT - 10 * DAY, 60, 2), visit(MIDNIGHT - 4 * DAY, 60, 2), visit(MIDNIGHT + 1, 60, 2)]
    const orders = [
      // Before any visit, with the begin of the second, a day after it, a return, and one that is yet to come.
      { orderKey: 'o1', at: MIDNIGHT - 11 * DAY, amount: 3 },
      { orderKey: 'o2', at: MIDNIGHT - 4 * DAY, amount: 3 },
      { orderKey: 'o3', at: MIDNIGHT - 3 * DAY, amount: 3 },
      { orderKey: 'o4', at: MIDNIGHT - 2 * DAY, amount: -3 },
      { orderKey: 'o5', at: MIDNIGHT + 2, amount: 3 },
    ]
    const activity = { ...NO_ACTIVITY, addedAt: [MIDNIGHT - 10 * DAY, MIDNIGHT - 4 * DAY] }
    const row = composeFeatureRow({ ...NOTHING, sessions: sessions.toReversed(), orders, activity }, MIDNIGHT)
    expect(row).toMatchObject({ hoursFromSessionToPurchase: 12, abandonedCarts: 1 })
    expect(row).not.toHaveProperty('addedAt')
    expect(composeFeatureRow({ ...NOTHING, orders }, MIDNIGHT)).not.toHaveProperty('hoursFromSessionToPurchase')
  })

  it('scores engagement from 0 to 100', () => {
    const sessions = Array.from({ length: 15 }, (_, n) => visit(MIDNIGHT - 60_000 * (n + 1), 30, 2))
    const keen = composeFeatureRow(
      { ...NOTHING, sessions, activity: { ...NO_ACTIVITY, featuresUsed30d: 10 } },
      MIDNIGHT,
    )
    // Midnight is the next day.
    expect(keen.engagementScore).toBeCloseTo(70 + 30 * 0.5 ** (1 / 30), 9)
    const gone = composeFeatureRow({ ...NOTHING, sessions: [visit(MIDNIGHT - 60 * DAY, 60, 3)] }, MIDNIGHT)
    expect(gone.engagementScore).toBeCloseTo(7.5, 9)
  })

  it('takes buying without a visit for activity', () => {
    const behaviour = {
      ...NOTHING,
      sessions: [visit(MIDNIGHT - 20 * DAY, 60, 3)],
      orders: [{ orderKey: 'till', at: MIDNIGHT - 4 * DAY, amount: 3 }],
    }
    expect(composeFeatureRow(behaviour, MIDNIGHT)).toMatchObject({
      lastActiveAt: MIDNIGHT - 4 * DAY,
      daysSinceLastActive: 4,
    })
  })

  it('does not know the future: a session that goes on is cut, a later one is not there', () => {
    const sessions = [visit(MIDNIGHT - 10_000, 60, 2), visit(MIDNIGHT + 1, 5, 1)]
    expect(composeFeatureRow({ ...NOTHING, sessions }, MIDNIGHT)).toMatchObject({
      sessions: 1,
      averageSessionSeconds: 10,
      lastActiveAt: MIDNIGHT,
    })
  })
})
