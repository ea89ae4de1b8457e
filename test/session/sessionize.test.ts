import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileDay } from '../../src/session/compile-day.ts'
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
      campaign: fc.constantFrom('spring', 'autumn', ''),
      user: fc.constantFrom('u1', 'u2'),
    },
    { requiredKeys: ['at', 'kind'] },
  ),
  { maxLength: 40 },
)
const allSettings: fc.Arbitrary<SessionSettings> = fc
  .record({
    gap: fc.constantFrom(1, 10, 30),
    cutOnCampaign: fc.boolean(),
    cutOnUser: fc.boolean(),
    longest: fc.constantFrom(20, 90, Number.POSITIVE_INFINITY),
    midnight: fc.boolean(),
  })
  .map(({ gap, longest, midnight, ...cuts }) => ({
    ...DEFAULT_SESSION_SETTINGS,
    ...cuts,
    gapMs: gap * MINUTE,
    longestMs: longest * MINUTE,
    // Puts a midnight in the middle of the events.
    ...(midnight ? { dayOf: compileDay('Australia/Brisbane') } : {}),
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

  it('tells when it began and ended, and how many events and looks at pages it had', () => {
    const [session] = sessionize([
      { at: NOON, kind: 'track' },
      page(NOON + 1, { campaign: 'spring' }),
      page(NOON + 3, { campaign: 'autumn' }),
      { at: NOON + 4, kind: 'identify' },
    ])
    const counts = { events: 4, pageViews: 2, bounced: false, quarantined: false }
    expect(session).toEqual({ startedAt: NOON, endedAt: NOON + 4, ...counts })
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

  it('cuts at midnight where asked, on the clock of the declared zone, summer and winter', () => {
    const late = (month: number) =>
      [22, 23].flatMap((hour) => [1, 59].map((m) => page(Date.UTC(2026, month, 15, hour, m))))
    const cut = (zone: string, month: number) =>
      sessionize(late(month), { ...DEFAULT_SESSION_SETTINGS, gapMs: 90 * MINUTE, dayOf: compileDay(zone) }).map(
        (session) => session.events,
      )
    expect(sessionize(late(0), { ...DEFAULT_SESSION_SETTINGS, gapMs: 90 * MINUTE })).toHaveLength(1)
    expect(cut('UTC', 0)).toEqual([4])
    expect([cut('Europe/Berlin', 0), cut('Europe/Berlin', 6)]).toEqual([[2, 2], [4]])
    expect([cut('Europe/London', 0), cut('Europe/London', 6)]).toEqual([[4], [2, 2]])
  })

  it('cuts where another user logs in, not where one logs in at all', () => {
    const visit = [page(NOON), page(NOON + 1, { user: 'u1' }), page(NOON + 2), page(NOON + 3, { user: 'u2' })]
    expect(sessionize(visit)).toHaveLength(1)
    const sessions = sessionize(visit, { ...DEFAULT_SESSION_SETTINGS, cutOnUser: true })
    expect(sessions.map((session) => session.events)).toEqual([3, 1])
  })

  it('cuts before a session becomes too long, and quarantines what is longer than three days', () => {
    const day = 24 * 60 * MINUTE
    const pings = Array.from({ length: 4 * 144 }, (_, index) => page(NOON + index * 10 * MINUTE))
    expect(sessionize(pings)).toMatchObject([{ events: 576, quarantined: true }])
    const sessions = sessionize(pings, { ...DEFAULT_SESSION_SETTINGS, longestMs: day })
    expect(sessions.map(({ events: count, quarantined }) => [count, quarantined])).toEqual(
      Array.from({ length: 4 }, () => [144, false]),
    )
    expect(
      sessionize([page(NOON), page(NOON + 3 * day)], { ...DEFAULT_SESSION_SETTINGS, gapMs: 4 * day }),
    ).toMatchObject([{ quarantined: false }])
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
      { events: 3 },
      { events: 1 },
    ])
  })

  it('orders events of one millisecond by all they say, and parts none of them', () => {
    const visit = ['spring', 'autumn', '', undefined].flatMap((campaign) =>
      ['a', 'b', undefined].map((name) =>
        page(NOON, { ...(campaign === undefined ? {} : { campaign }), ...(name === undefined ? {} : { name }) }),
      ),
    )
    const settings = { ...DEFAULT_SESSION_SETTINGS, cutOnCampaign: true }
    expect(sessionize(visit.toReversed(), settings)).toEqual(sessionize(visit, settings))
    expect(sessionize(visit, settings)).toHaveLength(1)
  })

  it('has sessions share no instant, whatever cuts them', () => {
    fc.assert(
      fc.property(events, allSettings, (visit, settings) => {
        const sessions = sessionize(visit, settings)
        expect(sessions.reduce((sum, session) => sum + session.events, 0)).toBe(visit.length)
        for (const [index, session] of sessions.entries()) {
          expect(session.endedAt - session.startedAt).toBeLessThan(settings.longestMs)
          const next = sessions[index + 1]
          if (next) expect(next.startedAt).toBeGreaterThan(session.endedAt)
        }
      }),
    )
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
