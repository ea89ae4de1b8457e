import type { Tx } from '../open-store.ts'
import { spellArray } from '../spell-array.ts'
import { type Claim, nameStream } from './claim-unstitched.ts'

/**
 * From when on the sessions of each stream that is due (`nameStream`) of who is not made anew as a whole are made anew, ms
 * since 1970: the begin of the first that what is due may change, which is the one that ends less than a pause before,
 * whatever else ends sessions; -Infinity for all. With all sessions from there on. Events of one millisecond are never
 * parted, so a pause is at least that long.
 */
export async function findFirstChanged(
  tx: Tx,
  { actors }: Pick<Claim, 'actors'>,
  gapMs: number,
): Promise<{ readonly sinceOf: ReadonlyMap<string, number>; readonly sessionIds: readonly string[] }> {
  const pauseMs = Math.max(gapMs, 1)
  const fromOf = new Map(actors.map((actor) => [nameStream(actor), actor.fromMs]))
  const sinceOf = new Map(fromOf)
  const earliest = new Map<string, number>()
  for (const { profileId, fromMs } of actors) {
    earliest.set(profileId, Math.min(earliest.get(profileId) ?? Infinity, fromMs))
  }
  const sessions =
    actors.length === 0
      ? []
      : await tx<{ sessionId: string; profileId: string; stream: string; startedAt: number; endedAt: number }[]>`
    SELECT session_id AS "sessionId", profile_id AS "profileId", stream,
      (extract(epoch FROM started_at) * 1000)::float8 AS "startedAt", (extract(epoch FROM ended_at) * 1000)::float8 AS "endedAt"
    FROM unnest(${spellArray([...earliest.keys()])}::uuid[], ${spellArray([...earliest.values()])}::float8[])
      AS given (profile_id, from_at)
    JOIN onefold.sessions USING (profile_id) WHERE ended_at >= to_timestamp((from_at - ${pauseMs}) / 1000.0)`
  const sessionIds: string[] = []
  for (const session of sessions) {
    const stream = nameStream(session)
    const fromMs = fromOf.get(stream)
    if (fromMs === undefined || session.endedAt < fromMs - pauseMs) continue
    sinceOf.set(stream, Math.min(sinceOf.get(stream) ?? fromMs, session.startedAt))
    sessionIds.push(session.sessionId)
  }
  return { sinceOf, sessionIds }
}
