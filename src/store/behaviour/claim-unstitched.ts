import type { IdRange } from '../identity/plan-ranges.ts'
import type { Tx } from '../open-store.ts'
import { spellArray } from '../spell-array.ts'
import { findDue } from './plan-profile-ranges.ts'

/** An actor whose sessions are to be made anew, from the first that an event from an instant on may change. */
export interface DueActor {
  readonly actorId: string
  readonly profileId: string
  readonly stream: string
  /** Of all actors of the stream together, ms since 1970; -Infinity for all their sessions. */
  readonly fromMs: number
}

/** An actor whose history does not tell its events from an instant on (ms since 1970; -Infinity for all). */
export interface UnreadActor {
  readonly actorId: string
  readonly fromMs: number
}

/** Who is claimed to be stitched. */
export interface Claim {
  /** Sorted. */
  readonly profiles: readonly string[]
  /** Those of them of whom all sessions are to be made anew. */
  readonly whole: readonly string[]
  /** Of the streams that are due, all. */
  readonly actors: readonly DueActor[]
  readonly unread: readonly UnreadActor[]
}

/**
 * Locks the actors of the unstitched profiles of a range, or of so many of them, so that events still being written to them
 * are waited for, and marks them as stitched.
 */
export async function claimUnstitched(tx: Tx, range: IdRange | number): Promise<Claim> {
  const profiles = typeof range === 'number' ? await findSome(tx, range) : await findDue(tx, 'unstitched', range)
  if (profiles.length === 0) return { profiles, whole: [], actors: [], unread: [] }
  const ids = spellArray(profiles)
  // Sent together, and what is due is read once the locks are there.
  const [actors, due] = await Promise.all([
    tx<{ actorId: string; profileId: string; stream: string }[]>`
      SELECT record.record_id AS "actorId", member.profile_id AS "profileId", record.stream
      FROM onefold.records AS record JOIN onefold.profile_members AS member USING (record_id)
      WHERE member.profile_id = ANY(${ids}::uuid[]) AND record.kind = 'actor'
      ORDER BY record.record_id FOR UPDATE OF record`,
    tx<{ actorId: string; since: number; unread: number | null }[]>`
      DELETE FROM onefold.unstitched
      -- As an array: by a join whoever else is due would be looked at, too.
      WHERE actor_id = ANY(ARRAY(SELECT record_id FROM onefold.profile_members WHERE profile_id = ANY(${ids}::uuid[])))
      RETURNING actor_id AS "actorId", (extract(epoch FROM since) * 1000)::float8 AS since,
        (extract(epoch FROM unread) * 1000)::float8 AS unread`,
  ])
  const sinceOf = new Map<string, number>()
  const unreadOf = new Map<string, number>()
  for (const { actorId, since, unread } of due) {
    sinceOf.set(actorId, Math.min(sinceOf.get(actorId) ?? Infinity, since))
    if (unread !== null) unreadOf.set(actorId, Math.min(unreadOf.get(actorId) ?? Infinity, unread))
  }
  const fromOf = new Map<string, number>()
  for (const actor of actors) {
    const since = sinceOf.get(actor.actorId)
    if (since === undefined) continue
    const stream = nameStream(actor)
    fromOf.set(stream, Math.min(fromOf.get(stream) ?? Infinity, since))
  }
  const partly = new Set(
    actors.filter((actor) => fromOf.get(nameStream(actor)) !== -Infinity).map(({ profileId }) => profileId),
  )
  return {
    profiles,
    whole: profiles.filter((id) => !partly.has(id)),
    actors: actors.flatMap((actor) => {
      const fromMs = fromOf.get(nameStream(actor))
      return fromMs === undefined ? [] : [{ ...actor, fromMs }]
    }),
    unread: Array.from(unreadOf, ([actorId, fromMs]) => ({ actorId, fromMs })),
  }
}

/** A stream of one person. */
export function nameStream({ profileId, stream }: Pick<DueActor, 'profileId' | 'stream'>): string {
  return `${profileId} ${stream}`
}

async function findSome(tx: Tx, most: number): Promise<string[]> {
  const rows = await tx<{ profile_id: string }[]>`
    SELECT DISTINCT profile_id FROM (SELECT actor_id FROM onefold.unstitched LIMIT ${most}) AS found
    JOIN onefold.profile_members ON record_id = actor_id ORDER BY profile_id`
  return rows.map((row) => row.profile_id)
}
