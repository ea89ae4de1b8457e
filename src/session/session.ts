/** One thing a visitor did. `at` in ms since 1970; times from the visitor's own clock are the caller's to mend. */
export interface SessionEvent {
  readonly at: number
  /** `page`, `screen`, `track`, `order_line`, … */
  readonly kind: string
  readonly name?: string | undefined
  readonly campaign?: string | undefined
  /** Who had logged in, in any spelling that is the same for the same person; absent while nobody had. */
  readonly user?: string | undefined
}

/** A visit: what one visitor did without a long pause. */
export interface Session {
  /** ms since 1970, of the first and of the last event. */
  readonly startedAt: number
  readonly endedAt: number
  /** 1 or more. */
  readonly events: number
  readonly pageViews: number
  /** Nobody stayed, looked on or did something that counts. */
  readonly bounced: boolean
  /** Too long for a person: a script, or a clock gone wrong. */
  readonly quarantined: boolean
}

export interface SessionSettings {
  /** A session is over once this long has passed without an event. */
  readonly gapMs: number
  /** A session this long is no bounce. */
  readonly engagedMs: number
  /** Kinds that are page views. */
  readonly pageViewKinds: readonly string[]
  /** Kinds and names of what the business wants to happen: one of them and the session is no bounce. */
  readonly keyEvents: readonly string[]
  /** Numbers the days of the declared zone (`compileDay`): cut where one begins. Absent: midnight does not matter. */
  readonly dayOf?: (instantMs: number) => number
  /** Cut where another campaign is named than the session's own. */
  readonly cutOnCampaign: boolean
  /** Cut where another user has logged in than the session's own; nobody before somebody is no cut. */
  readonly cutOnUser: boolean
  /** Cut where a session would become as long as this. */
  readonly longestMs: number
}

/** Sessions longer than this are quarantined: kept, and left out of behaviour. */
export const QUARANTINE_MS = 3 * 86_400_000

/**
 * 30 minutes and the definition of an engaged session (10 seconds, 2 page views or a key event) are those of
 * Google Analytics 4 (its help pages, 2026). An order is always worth something.
 */
export const DEFAULT_SESSION_SETTINGS: SessionSettings = {
  gapMs: 30 * 60_000,
  engagedMs: 10_000,
  pageViewKinds: ['page', 'screen'],
  keyEvents: ['order', 'order_line', 'Order Completed'],
  cutOnCampaign: false,
  cutOnUser: false,
  longestMs: Number.POSITIVE_INFINITY,
}

/** Kinds that happen to a person but are no visit: declared sessionless, so that every event is accounted for. */
export const SESSIONLESS_KINDS = ['order_line', 'identify', 'group', 'alias', 'ticket', 'message'] as const
