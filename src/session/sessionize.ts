import { DEFAULT_SESSION_SETTINGS, QUARANTINE_MS } from './session.ts'
import type { Session, SessionEvent, SessionSettings } from './session.ts'

/** What the session that is open has said so far. */
interface OpenSession {
  readonly startedAt: number
  campaign: string | undefined
  user: string | undefined
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
  const ordered = events.toSorted(compareEvents)
  const sessions: Session[] = []
  let start = 0
  let open: OpenSession = { startedAt: ordered[0]?.at ?? 0, campaign: undefined, user: undefined }
  for (const [index, event] of ordered.entries()) {
    const previous = ordered[index - 1]
    if (previous && isCut(previous, event, open, settings)) {
      sessions.push(composeSession(ordered.slice(start, index), settings))
      start = index
      open = { startedAt: event.at, campaign: undefined, user: undefined }
    }
    open.campaign ??= event.campaign
    open.user ??= event.user
  }
  if (ordered.length > 0) sessions.push(composeSession(ordered.slice(start), settings))
  return sessions
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

function composeSession(events: readonly SessionEvent[], settings: SessionSettings): Session {
  const startedAt = events[0]?.at ?? 0
  const endedAt = events.at(-1)?.at ?? startedAt
  const views = events.filter((event) => settings.pageViewKinds.includes(event.kind))
  const entryUrl = views.find((view) => view.url !== undefined)?.url
  const exitUrl = views.findLast((view) => view.url !== undefined)?.url
  const campaign = events.find((event) => event.campaign !== undefined)?.campaign
  const hasKeyEvent = events.some(
    ({ kind, name }) => settings.keyEvents.includes(kind) || (name !== undefined && settings.keyEvents.includes(name)),
  )
  return {
    startedAt,
    endedAt,
    events: events.length,
    pageViews: views.length,
    ...(entryUrl === undefined ? {} : { entryUrl }),
    ...(exitUrl === undefined ? {} : { exitUrl }),
    bounced: endedAt - startedAt < settings.engagedMs && views.length <= 1 && !hasKeyEvent,
    ...(campaign === undefined ? {} : { campaign }),
    quarantined: endedAt - startedAt > QUARANTINE_MS,
  }
}

function compareEvents(a: SessionEvent, b: SessionEvent): number {
  return (
    a.at - b.at ||
    compareText(a.kind, b.kind) ||
    compareText(a.name, b.name) ||
    compareText(a.url, b.url) ||
    compareText(a.campaign, b.campaign) ||
    compareText(a.user, b.user)
  )
}

/** By UTF-16 units, the same on every machine; absent before everything. */
function compareText(a: string | undefined, b: string | undefined): number {
  if (a === b) return 0
  return a === undefined || (b !== undefined && a < b) ? -1 : 1
}
