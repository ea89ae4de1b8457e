import type { EventStream, StreamEvent } from './event-stream.ts'
import type { Session, SessionSettings } from './session.ts'
import { sessionize } from './sessionize.ts'

/** A session by its name, and whose it is. */
export interface NamedSession {
  readonly sessionId: string
  readonly profileId: string
  readonly stream: string
  readonly session: Session
}

/** The sessions of one stream. */
export function stitchStream({ profileId, stream, events }: EventStream, settings: SessionSettings): NamedSession[] {
  const sessions = sessionize(events, settings)
  const only = events[0]?.actorId ?? ''
  const firstOf = events.every(({ actorId }) => actorId === only) ? undefined : findFirst(events)
  return sessions.map((session) => {
    const sessionId = nameSession(firstOf?.get(session.startedAt) ?? only, session.startedAt)
    return { sessionId, profileId, stream, session }
  })
}

/** The least of the actors that did something at each instant. */
function findFirst(events: readonly StreamEvent[]): ReadonlyMap<number, string> {
  const firstOf = new Map<number, string>()
  for (const { at, actorId } of events) {
    const first = firstOf.get(at)
    if (first === undefined || actorId < first) firstOf.set(at, actorId)
  }
  return firstOf
}

/**
 * The id of the session that an event of an actor at an instant (ms since 1970) begins; the least actor, if several did
 * something then. A UUID of version 8 (RFC 9562, 5.8): 48 bits of time, as in version 7, and the first 72 of the
 * actor's id. Sessions of an actor share no instant, and actors are random.
 */
function nameSession(actorId: string, startedAtMs: number): string {
  const time = startedAtMs.toString(16).padStart(12, '0')
  // xxxxxxxx-xxxx-xxxx-…: of the actor the first 18 digits, which are 20 characters.
  const [head, middle, rest] = [actorId.slice(0, 3), actorId.slice(3, 6), actorId.slice(6, 8) + actorId.slice(9, 13)]
  return `${time.slice(0, 8)}-${time.slice(8)}-8${head}-8${middle}-${rest}${actorId.slice(14, 18)}${actorId.slice(19, 21)}`
}
