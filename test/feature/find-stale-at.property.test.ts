import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Behaviour, composeFeatureRow } from '../../src/feature/compose-feature-row.ts'
import { CHANNEL_MS } from '../../src/feature/derive-channel-shares.ts'
import { type Activity, NO_ACTIVITY } from '../../src/feature/derive-engagement.ts'
import { findStaleAt } from '../../src/feature/find-stale-at.ts'

const DAY = 86_400_000
const START = Date.UTC(2026, 0, 1)
const NOTHING = { profileId: 'p', orders: [], sessions: [], activity: NO_ACTIVITY }

/** Mostly times that others share, so that windows end together and at instants that are asked about. */
const instant = fc.oneof(
  fc.nat({ max: 120 }).map((days) => START + days * DAY),
  fc.nat({ max: 120 * DAY }).map((ms) => START + ms),
)

interface World {
  readonly orders: readonly { orderKey: string; at: number; amount: number }[]
  readonly sessions: readonly { startedAt: number; endedAt: number; pageViews: number; bounced: boolean }[]
  readonly events: readonly { at: number; name: string }[]
  readonly periodDays: number | undefined
}

const world: fc.Arbitrary<World> = fc.record({
  orders: fc.array(
    fc.record({
      orderKey: fc.constantFrom('o1', 'o2', 'o3', 'o4'),
      at: instant,
      amount: fc.constantFrom(-5, 5, 10),
    }),
    { maxLength: 5 },
  ),
  sessions: fc.array(
    fc.tuple(instant, fc.nat({ max: 3_600_000 }), fc.nat({ max: 4 })).map(([startedAt, length, pageViews]) => ({
      ...{ startedAt, endedAt: startedAt + length, pageViews, bounced: pageViews < 2 },
    })),
    { maxLength: 6 },
  ),
  events: fc.array(fc.record({ at: instant, name: fc.constantFrom('a', 'b', 'Product Added') }), { maxLength: 6 }),
  periodDays: fc.constantFrom(undefined, 7, 90),
})

/** What the store gives of the events, as of an instant. */
function summarize(events: World['events'], asOf: number): Activity {
  const recent = events.filter(({ at }) => at <= asOf && at >= asOf - 30 * DAY)
  const added = events.filter(({ at, name }) => at <= asOf && name === 'Product Added').map(({ at }) => at)
  const later = events.filter(({ at }) => at > asOf)
  return {
    ...NO_ACTIVITY,
    featuresUsed30d: new Set(recent.map(({ name }) => name)).size,
    ...(recent.length > 0 ? { usedSince: Math.min(...recent.map(({ at }) => at)) } : {}),
    ...(added.length > 0 ? { addedAt: added } : {}),
    ...(later.length > 0 ? { nextAt: Math.min(...later.map(({ at }) => at)) } : {}),
  }
}

/** As the store gives it: every day of these events was one on a site. */
function findChannels(events: World['events'], asOf: number): Pick<Behaviour, 'channels'> {
  const recent = events.flatMap(({ at }) => (at <= asOf && at >= asOf - CHANNEL_MS ? [at] : []))
  if (recent.length === 0) return {}
  const days = { digital: new Set(recent.map((at) => Math.floor(at / DAY))).size, branch: 1, phone: 0 }
  return { channels: { days, since: Math.min(...recent) } }
}

test('until the instant it names, features are the same at every instant', () => {
  fc.assert(
    fc.property(world, instant, fc.double({ min: 0, max: 1, noNaN: true }), (given, asOf, share) => {
      const { orders, sessions, events, periodDays } = given
      const behaveAt = (at: number) => ({
        ...NOTHING,
        orders,
        sessions,
        activity: summarize(events, at),
        ...findChannels(events, at),
      })
      const staleAt = findStaleAt(behaveAt(asOf), asOf, periodDays)
      expect(staleAt).toBeGreaterThan(asOf)
      const last = Number.isFinite(staleAt) ? staleAt - 1 : asOf + 1_000 * DAY
      const row = composeFeatureRow(behaveAt(asOf), asOf, periodDays)
      for (const at of [asOf + Math.floor((last - asOf) * share), last]) {
        expect(composeFeatureRow(behaveAt(at), at, periodDays)).toEqual(row)
      }
    }),
    { numRuns: 3_000 },
  )
})

test('nobody who did nothing is ever due, and whoever did something with the next date', () => {
  expect(findStaleAt(NOTHING, START + 5)).toBe(Infinity)
  const orders = [{ orderKey: 'o1', at: START - 300 * DAY, amount: 5 }]
  expect(findStaleAt({ ...NOTHING, orders }, START + 5)).toBe(START + DAY)
  const sessions = [{ startedAt: START - 7 * DAY + 60_000, endedAt: START, pageViews: 1, bounced: true }]
  expect(findStaleAt({ ...NOTHING, sessions }, START + 5)).toBe(START + 60_000)
})
