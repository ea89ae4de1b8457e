import { DEFAULT_SESSION_SETTINGS, QUARANTINE_MS } from './session.ts'
import type { Session, SessionEvent, SessionSettings } from './session.ts'

/** What the session that is open has said so far. */
interface OpenSession {
  readonly startedAt: number
  endedAt: number
  events: number
  pageViews: number
  campaign: string | undefined
  user: string | undefined
  hasKeyEvent: boolean
}

/**
 * The sessions of one visitor's events, by start time; every event is in exactly one. No events, no sessions.
 * A session ends after `gapMs` without an event, so an event exactly that long after the last one starts a new
 * session: the 30 minutes have passed ("inactive for 30 minutes or more", Google Analytics help).
 * Order-free: depends on what happened, not on how the events arrive; events of one millisecond are ordered by
 * their content and never parted, so that sessions share no instant. The caller keeps streams (visitor, device) apart and
 * removes repeated deliveries.
 */
export function sessionize(
  events: readonly SessionEvent[],
  settings: SessionSettings = DEFAULT_SESSION_SETTINGS,
): Session[] {
  const sessions: Session[] = []
  let open: OpenSession | undefined
  let previous: SessionEvent | undefined
  for (const event of isOrdered(events) ? events : events.toSorted(compareEvents)) {
    if (open === undefined || previous === undefined || isCut(previous, event, open, settings)) {
      if (open !== undefined) sessions.push(closeSession(open, settings))
      open = openSession(event.at)
    }
    addEvent(open, event, settings)
    previous = event
  }
  if (open !== undefined) sessions.push(closeSession(open, settings))
  return sessions
}

function isOrdered(events: readonly SessionEvent[]): boolean {
  return events.every((event, place) => place === 0 || compareEvents(events[place - 1]!, event) <= 0)
}

function isCut(
  previous: SessionEvent,
  event: SessionEvent,
  { startedAt, campaign, user }: OpenSession,
  { gapMs, longestMs, dayOf, cutOnCampaign, cutOnUser }: SessionSettings,
): boolean {
  if (event.at === previous.at) return false
  if (event.at - previous.at >= gapMs || event.at - startedAt >= longestMs) return true
  if (dayOf !== undefined && dayOf(previous.at) !== dayOf(event.at)) return true
  // An event without a campaign goes on with the session's: most pages after the first name none.
  if (cutOnCampaign && event.campaign !== undefined && event.campaign !== campaign) return true
  return cutOnUser && event.user !== undefined && user !== undefined && event.user !== user
}

function openSession(startedAt: number): OpenSession {
  return {
    startedAt,
    endedAt: startedAt,
    events: 0,
    pageViews: 0,
    campaign: undefined,
    user: undefined,
    hasKeyEvent: false,
  }
}

function addEvent(open: OpenSession, event: SessionEvent, { pageViewKinds, keyEvents }: SessionSettings): void {
  const { at, kind, name } = event
  open.endedAt = at
  open.events += 1
  open.campaign ??= event.campaign
  open.user ??= event.user
  open.hasKeyEvent ||= keyEvents.includes(kind) || (name !== undefined && keyEvents.includes(name))
  if (pageViewKinds.includes(kind)) open.pageViews += 1
}

function closeSession(open: OpenSession, { engagedMs }: SessionSettings): Session {
  const { startedAt, endedAt, events, pageViews, hasKeyEvent } = open
  return {
    startedAt,
    endedAt,
    events,
    pageViews,
    bounced: endedAt - startedAt < engagedMs && pageViews <= 1 && !hasKeyEvent,
    quarantined: endedAt - startedAt > QUARANTINE_MS,
  }
}

function compareEvents(a: SessionEvent, b: SessionEvent): number {
  return (
    a.at - b.at ||
    compareText(a.kind, b.kind) ||
    compareText(a.name, b.name) ||
    compareText(a.campaign, b.campaign) ||
    compareText(a.user, b.user)
  )
}

/** By UTF-16 units, the same on every machine; absent before everything. */
function compareText(a: string | undefined, b: string | undefined): number {
  if (a === b) return 0
  return a === undefined || (b !== undefined && a < b) ? -1 : 1
}
