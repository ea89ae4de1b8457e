/** One thing a visitor did. `at` in ms since 1970; times from the visitor's own clock are the caller's to mend. */
export interface SessionEvent {
  readonly at: number
  /** `page`, `screen`, `track`, `order_line`, … */
  readonly kind: string
  readonly name?: string
  readonly url?: string
  readonly campaign?: string
}

/** A visit: what one visitor did without a long pause. */
export interface Session {
  /** ms since 1970, of the first and of the last event. */
  readonly startedAt: number
  readonly endedAt: number
  /** 1 or more. */
  readonly events: number
  readonly pageViews: number
  /** Address of the first and of the last page view that has one. */
  readonly entryUrl?: string
  readonly exitUrl?: string
  /** Nobody stayed, looked on or did something that counts. */
  readonly bounced: boolean
  /** The first campaign named in the session. */
  readonly campaign?: string
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
  /** Cut where a new day begins this many minutes east of UTC; absent: midnight does not matter. */
  readonly cutAtMidnightOffsetMinutes?: number
  /** Cut where another campaign is named than the session's own. */
  readonly cutOnCampaign: boolean
}

/**
 * 30 minutes and the definition of an engaged session (10 seconds, 2 page views or a key event) are those of
 * Google Analytics 4 (its help pages, 2026). An order is always worth something.
 */
export const DEFAULT_SESSION_SETTINGS: SessionSettings = {
  gapMs: 30 * 60_000,
  engagedMs: 10_000,
  pageViewKinds: ['page', 'screen'],
  keyEvents: ['order', 'order_line'],
  cutOnCampaign: false,
}
