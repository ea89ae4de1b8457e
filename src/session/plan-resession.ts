import { DEFAULT_SESSION_SETTINGS } from './session.ts'
import type { Session, SessionSettings } from './session.ts'

/** A span of time, both ends inclusive, in ms since 1970. */
export interface ResessionRange {
  readonly from: number
  readonly to: number
}

/**
 * Which spans of one visitor's time must be sessionized anew when events arrive, late ones too.
 * Replacing the sessions inside each span by `sessionize` of all events inside it gives what sessionizing
 * everything would. `sessions` are the ones known, `arrivals` the times of new events; ranges come in order, apart.
 * Sessions that a midnight or a campaign parted hang together, so a span grows until a true pause on either side.
 */
export function planResession(
  sessions: readonly Pick<Session, 'startedAt' | 'endedAt'>[],
  arrivals: readonly number[],
  settings: Pick<SessionSettings, 'gapMs'> = DEFAULT_SESSION_SETTINGS,
): ResessionRange[] {
  const spans = [
    ...sessions.map(({ startedAt, endedAt }) => ({ from: startedAt, to: endedAt, isNew: false })),
    ...arrivals.map((at) => ({ from: at, to: at, isNew: true })),
  ].toSorted((a, b) => a.from - b.from || a.to - b.to)
  const chains: { from: number; to: number; isNew: boolean }[] = []
  for (const span of spans) {
    const chain = chains.at(-1)
    if (chain && span.from - chain.to < settings.gapMs) {
      chain.to = Math.max(chain.to, span.to)
      chain.isNew ||= span.isNew
    } else {
      chains.push({ ...span })
    }
  }
  return chains.filter((chain) => chain.isNew).map(({ from, to }) => ({ from, to }))
}
