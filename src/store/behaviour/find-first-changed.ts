import type { Tx } from '../open-store.ts'
import { spellArray } from '../spell-array.ts'
import { type Claim, type DueActor, nameStream } from './claim-unstitched.ts'

/**
 * From when on the events of each actor are asked for: the begin of the first session that what is due may change, which is
 * the one that ends less than a pause before, whatever else ends sessions; with all sessions from there on of who is not
 * made anew as a whole. Events of one millisecond are never parted, so a pause is at least that long.
 */
export async function findFirstChanged(
  tx: Tx,
  { whole, actors }: Claim,
  gapMs: number,
): Promise<{ actors: readonly (DueActor & { sinceMs: number })[]; sessionIds: readonly string[] }> {
  const pauseMs = Math.max(gapMs, 1)
  const isWhole = new Set(whole)
  const partly = actors.filter(({ profileId }) => !isWhole.has(profileId))
  const sinceOf = new Map(partly.map((actor) => [nameStream(actor), { fromMs: actor.fromMs, sinceMs: actor.fromMs }]))
  const earliest = new Map<string, number>()
  for (const { profileId, fromMs } of partly) {
    earliest.set(profileId, Math.min(earliest.get(profileId) ?? Infinity, fromMs))
  }
  const sessions =
    partly.length === 0
      ? []
      : await tx<{ sessionId: string; profileId: string; stream: string; startedAt: number; endedAt: number }[]>`
    SELECT session_id AS "sessionId", profile_id AS "profileId", stream,
      (extract(epoch FROM started_at) * 1000)::float8 AS "startedAt", (extract(epoch FROM ended_at) * 1000)::float8 AS "endedAt"
    FROM unnest(${spellArray([...earliest.keys()])}::uuid[], ${spellArray([...earliest.values()])}::float8[])
      AS given (profile_id, from_at)
    JOIN onefold.sessions USING (profile_id) WHERE ended_at >= to_timestamp((from_at - ${pauseMs}) / 1000.0)`
  const sessionIds: string[] = []
  for (const session of sessions) {
    const due = sinceOf.get(nameStream(session))
    if (due === undefined || session.endedAt < due.fromMs - pauseMs) continue
    due.sinceMs = Math.min(due.sinceMs, session.startedAt)
    sessionIds.push(session.sessionId)
  }
  return {
    actors: actors.map((actor) => ({ ...actor, sinceMs: sinceOf.get(nameStream(actor))?.sinceMs ?? -Infinity })),
    sessionIds,
  }
}
