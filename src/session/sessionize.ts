import { DEFAULT_SESSION_SETTINGS } from './session.ts'
import type { Session, SessionEvent, SessionSettings } from './session.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

/**
 * The sessions of one visitor's events, by start time; every event is in exactly one. No events, no sessions.
 * A session ends after `gapMs` without an event, so an event exactly that long after the last one starts a new
 * session: the 30 minutes have passed ("inactive for 30 minutes or more", Google Analytics help).
 * Order-free: depends on what happened, not on how the events arrive; events of one millisecond are ordered by
 * their content. The caller keeps streams (visitor, device) apart and removes repeated deliveries.
 */
export function sessionize(
  events: readonly SessionEvent[],
  settings: SessionSettings = DEFAULT_SESSION_SETTINGS,
): Session[] {
  const ordered = events.toSorted(compareEvents)
  const sessions: Session[] = []
  let start = 0
  let campaign: string | undefined
  for (const [index, event] of ordered.entries()) {
    const previous = ordered[index - 1]
    if (previous && isCut(previous, event, campaign, settings)) {
      sessions.push(composeSession(ordered.slice(start, index), settings))
      start = index
      campaign = undefined
    }
    campaign ??= event.campaign
  }
  if (ordered.length > 0) sessions.push(composeSession(ordered.slice(start), settings))
  return sessions
}

function isCut(
  previous: SessionEvent,
  event: SessionEvent,
  campaign: string | undefined,
  settings: SessionSettings,
): boolean {
  if (event.at - previous.at >= settings.gapMs) return true
  const offset = settings.cutAtMidnightOffsetMinutes
  if (offset !== undefined && localDay(previous.at, offset) !== localDay(event.at, offset)) return true
  // An event without a campaign goes on with the session's: most pages after the first name none.
  return settings.cutOnCampaign && event.campaign !== undefined && event.campaign !== campaign
}

function localDay(at: number, offsetMinutes: number): number {
  return Math.floor((at + offsetMinutes * MINUTE_MS) / DAY_MS)
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
  }
}

function compareEvents(a: SessionEvent, b: SessionEvent): number {
  return (
    a.at - b.at ||
    compareText(a.kind, b.kind) ||
    compareText(a.name, b.name) ||
    compareText(a.url, b.url) ||
    compareText(a.campaign, b.campaign)
  )
}

/** By UTF-16 units, the same on every machine; absent before everything. */
function compareText(a: string | undefined, b: string | undefined): number {
  if (a === b) return 0
  return a === undefined || (b !== undefined && a < b) ? -1 : 1
}
