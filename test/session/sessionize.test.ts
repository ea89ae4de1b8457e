import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { planResession } from '../../src/session/plan-resession.ts'
import { DEFAULT_SESSION_SETTINGS } from '../../src/session/session.ts'
import type { SessionEvent, SessionSettings } from '../../src/session/session.ts'
import { sessionize } from '../../src/session/sessionize.ts'

const MINUTE = 60_000
const NOON = Date.UTC(2026, 0, 15, 12)

function page(at: number, extra: Partial<SessionEvent> = {}): SessionEvent {
  return { at, kind: 'page', ...extra }
}

const events = fc.array(
  fc.record(
    {
      at: fc.integer({ min: 0, max: 400 }).map((minutes) => NOON + minutes * MINUTE),
      kind: fc.constantFrom('page', 'track', 'order_line'),
      name: fc.constantFrom('a', 'b'),
      url: fc.constantFrom('/', '/cart', ''),
      campaign: fc.constantFrom('spring', 'autumn', ''),
    },
    { requiredKeys: ['at', 'kind'] },
  ),
  { maxLength: 40 },
)
const allSettings: fc.Arbitrary<SessionSettings> = fc
  .record({ gap: fc.constantFrom(1, 10, 30), cutOnCampaign: fc.boolean(), midnight: fc.boolean() })
  .map(({ gap, cutOnCampaign, midnight }) => ({
    ...DEFAULT_SESSION_SETTINGS,
    gapMs: gap * MINUTE,
    cutOnCampaign,
    // Puts a midnight in the middle of the events.
    ...(midnight ? { cutAtMidnightOffsetMinutes: 10 * 60 } : {}),
  }))

describe('sessionize', () => {
  it('finds no session where nothing happened', () => {
    expect(sessionize([])).toEqual([])
  })

  it('ends a session when exactly 30 minutes have passed without an event', () => {
    expect(sessionize([page(NOON), page(NOON + 30 * MINUTE - 1)])).toHaveLength(1)
    expect(sessionize([page(NOON), page(NOON + 30 * MINUTE)])).toHaveLength(2)
  })

  it('goes on for hours while events keep coming', () => {
    const visits = Array.from({ length: 20 }, (_, index) => page(NOON + index * 29 * MINUTE))
    expect(sessionize(visits)).toMatchObject([{ startedAt: NOON, endedAt: NOON + 19 * 29 * MINUTE, events: 20 }])
  })

  it('enters at the first page view and leaves at the last, whatever happens around them', () => {
    const [session] = sessionize([
      { at: NOON, kind: 'track', url: '/pixel' },
      page(NOON + 1, { url: '/home', campaign: 'spring' }),
      page(NOON + 2),
      page(NOON + 3, { url: '/cart', campaign: 'autumn' }),
      { at: NOON + 4, kind: 'identify' },
    ])
    expect(session).toEqual({
      startedAt: NOON,
      endedAt: NOON + 4,
      events: 5,
      pageViews: 3,
      entryUrl: '/home',
      exitUrl: '/cart',
      bounced: false,
      campaign: 'spring',
    })
  })

  it.each([
    ['one look', [page(NOON)], true],
    ['one look and a click within 10 seconds', [page(NOON), { at: NOON + 9_999, kind: 'track' }], true],
    ['10 seconds', [page(NOON), { at: NOON + 10_000, kind: 'track' }], false],
    ['two pages', [page(NOON), page(NOON)], false],
    ['a page and an app screen', [page(NOON), { at: NOON, kind: 'screen' }], false],
    ['an order', [{ at: NOON, kind: 'order_line' }], false],
    ['no page at all', [{ at: NOON, kind: 'track' }], true],
  ])('says whether %s is a bounce', (_, visit, bounced) => {
    expect(sessionize(visit)).toMatchObject([{ bounced }])
  })

  it('takes a declared event name for a key event', () => {
    const settings = { ...DEFAULT_SESSION_SETTINGS, keyEvents: ['Signed Up'] }
    expect(sessionize([{ at: NOON, kind: 'track', name: 'Signed Up' }], settings)).toMatchObject([{ bounced: false }])
  })

  it('cuts at midnight where asked, on the clock that was declared', () => {
    const late = [page(Date.UTC(2026, 0, 15, 22, 59)), page(Date.UTC(2026, 0, 15, 23, 1))]
    expect(sessionize(late)).toHaveLength(1)
    expect(sessionize(late, { ...DEFAULT_SESSION_SETTINGS, cutAtMidnightOffsetMinutes: 0 })).toHaveLength(1)
    expect(sessionize(late, { ...DEFAULT_SESSION_SETTINGS, cutAtMidnightOffsetMinutes: 60 })).toHaveLength(2)
  })

  it('cuts on a new campaign where asked, but not where a page names none', () => {
    const visit = [
      page(NOON, { campaign: 'spring' }),
      page(NOON + 1),
      page(NOON + 2, { campaign: 'spring' }),
      page(NOON + 3, { campaign: 'autumn' }),
    ]
    expect(sessionize(visit)).toHaveLength(1)
    expect(sessionize(visit, { ...DEFAULT_SESSION_SETTINGS, cutOnCampaign: true })).toMatchObject([
      { campaign: 'spring', events: 3 },
      { campaign: 'autumn', events: 1 },
    ])
  })

  it('orders events of one millisecond by all they say', () => {
    const visit = ['spring', 'autumn', '', undefined].flatMap((campaign) =>
      ['/a', '/b', undefined].map((url) =>
        page(NOON, { ...(campaign === undefined ? {} : { campaign }), ...(url === undefined ? {} : { url }) }),
      ),
    )
    const settings = { ...DEFAULT_SESSION_SETTINGS, cutOnCampaign: true }
    expect(sessionize(visit.toReversed(), settings)).toEqual(sessionize(visit, settings))
  })

  it('puts every event in exactly one session, with true pauses or a declared cut between them', () => {
    fc.assert(
      fc.property(events, (visit) => {
        const sessions = sessionize(visit)
        expect(sessions.reduce((sum, session) => sum + session.events, 0)).toBe(visit.length)
        for (const [index, session] of sessions.entries()) {
          expect(session.endedAt).toBeGreaterThanOrEqual(session.startedAt)
          const next = sessions[index + 1]
          if (next) expect(next.startedAt - session.endedAt).toBeGreaterThanOrEqual(30 * MINUTE)
        }
      }),
    )
  })

  it('does not depend on the order in which events arrive', () => {
    const shuffled = events.chain((visit) =>
      fc.tuple(fc.constant(visit), fc.shuffledSubarray(visit, { minLength: visit.length })),
    )
    fc.assert(
      fc.property(shuffled, allSettings, ([visit, other], settings) => {
        expect(sessionize(other, settings)).toEqual(sessionize(visit, settings))
      }),
    )
  })
})

describe('planResession', () => {
  it('gives what one batch gives, however events are split into deliveries', () => {
    fc.assert(
      fc.property(
        events,
        fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }),
        allSettings,
        (visit, late, settings) => {
          const first = visit.filter((_, index) => !late[index])
          const second = visit.filter((_, index) => late[index])
          const known = sessionize(first, settings)
          const ranges = planResession(
            known,
            second.map((event) => event.at),
            settings,
          )
          const kept = known.filter((session) => !ranges.some((range) => isWithin(session.startedAt, range)))
          const redone = ranges.flatMap((range) =>
            sessionize(
              visit.filter((event) => isWithin(event.at, range)),
              settings,
            ),
          )
          const sessions = [...kept, ...redone].toSorted((a, b) => a.startedAt - b.startedAt || a.endedAt - b.endedAt)
          const batch = sessionize(visit, settings).toSorted(
            (a, b) => a.startedAt - b.startedAt || a.endedAt - b.endedAt,
          )
          expect(sessions).toEqual(batch)
        },
      ),
      { numRuns: 500 },
    )
  })

  it('leaves sessions alone that nothing arrived for', () => {
    const sessions = [
      { startedAt: NOON, endedAt: NOON + 5 * MINUTE },
      { startedAt: NOON + 90 * MINUTE, endedAt: NOON + 95 * MINUTE },
    ]
    expect(planResession(sessions, [])).toEqual([])
    expect(planResession(sessions, [NOON + 6 * MINUTE])).toEqual([{ from: NOON, to: NOON + 6 * MINUTE }])
    expect(planResession(sessions, [NOON + 45 * MINUTE])).toEqual([
      { from: NOON + 45 * MINUTE, to: NOON + 45 * MINUTE },
    ])
  })

  it('joins two sessions when a late event fills the pause between them', () => {
    const sessions = [
      { startedAt: NOON, endedAt: NOON },
      { startedAt: NOON + 50 * MINUTE, endedAt: NOON + 50 * MINUTE },
    ]
    expect(planResession(sessions, [NOON + 25 * MINUTE])).toEqual([{ from: NOON, to: NOON + 50 * MINUTE }])
  })
})

function isWithin(at: number, range: { from: number; to: number }): boolean {
  return at >= range.from && at <= range.to
}
