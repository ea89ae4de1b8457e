import { describe, expect, it } from 'vitest'
import { composeFeatureRow } from '../../src/feature/compose-feature-row.ts'

const DAY = 86_400_000
const MIDNIGHT = Date.UTC(2026, 5, 15)
const NOTHING = { profileId: 'prf_1', orders: [], sessions: [], sends: 0, opens: 0, clicks: 0 }

function visit(startedAt: number, seconds: number, pageViews: number) {
  return { startedAt, endedAt: startedAt + seconds * 1000, pageViews, bounced: pageViews < 2 }
}

describe('composeFeatureRow', () => {
  it('gives zeros for counts and nothing for what is undefined where nothing happened', () => {
    expect(composeFeatureRow(NOTHING, MIDNIGHT)).toEqual({
      profileId: 'prf_1',
      purchases: 0,
      purchases30d: 0,
      totalSpent: 0,
      sessions: 0,
      sessions30d: 0,
      pageViews: 0,
      sends: 0,
      opens: 0,
      clicks: 0,
    })
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
