import type { IdRange } from '../identity/plan-ranges.ts'
import type { Tx } from '../open-store.ts'
import { spellArray } from '../spell-array.ts'
import { findDue } from './plan-profile-ranges.ts'

/** An event as sessions see it. */
export interface StreamEvent {
  readonly profileId: string
  readonly stream: string
  readonly eventId: string
  readonly at: number
  readonly kind: string
  readonly name: string | null
  /** Keyed hash, as is the user, who is told only when asked for. */
  readonly campaign: string | null
  readonly user: string | null
}

/** An actor whose sessions are to be made anew, from the first that an event from an instant on may change. */
export interface DueActor {
  readonly recordId: string
  readonly profileId: string
  readonly stream: string
  /** Of all actors of the stream together, ms since 1970; -Infinity for all their sessions. */
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
}

/**
 * Locks the actors of the unstitched profiles of a range, or of so many of them, so that events still being written to them
 * are waited for, and marks them as stitched.
 */
export async function claimUnstitched(tx: Tx, range: IdRange | number): Promise<Claim> {
  const profiles = typeof range === 'number' ? await findSome(tx, range) : await findDue(tx, 'unstitched', range)
  if (profiles.length === 0) return { profiles, whole: [], actors: [] }
  const actors = await tx<(DueActor & { unstitched: boolean; fromMs: number | null })[]>`
    SELECT record.record_id AS "recordId", member.profile_id AS "profileId", record.stream, record.unstitched,
      (extract(epoch FROM record.unstitched_from) * 1000)::float8 AS "fromMs"
    FROM onefold.records AS record JOIN onefold.profile_members AS member USING (record_id)
    WHERE member.profile_id = ANY(${spellArray(profiles)}::uuid[]) AND record.kind = 'actor'
    ORDER BY record.record_id FOR UPDATE OF record`
  const due = actors.filter(({ unstitched }) => unstitched)
  // By their ids alone: the index of what is unstitched is taken for small while much has just become so.
  await tx`
    UPDATE onefold.records SET unstitched = false, unstitched_from = NULL
    WHERE record_id = ANY(${spellArray(due.map(({ recordId }) => recordId))}::uuid[])`
  const fromOf = new Map<string, number>()
  for (const actor of due) {
    const stream = nameStream(actor)
    fromOf.set(stream, Math.min(fromOf.get(stream) ?? Infinity, actor.fromMs ?? -Infinity))
  }
  const partly = new Set(
    actors.filter((actor) => fromOf.get(nameStream(actor)) !== -Infinity).map(({ profileId }) => profileId),
  )
  return {
    profiles,
    whole: profiles.filter((id) => !partly.has(id)),
    actors: actors.flatMap(({ recordId, profileId, stream }) => {
      const fromMs = fromOf.get(nameStream({ profileId, stream }))
      return fromMs === undefined ? [] : [{ recordId, profileId, stream, fromMs }]
    }),
  }
}

/** A stream of one person: who parted may share a device. */
export function nameStream({ profileId, stream }: Pick<DueActor, 'profileId' | 'stream'>): string {
  return `${profileId} ${stream}`
}

async function findSome(tx: Tx, most: number): Promise<string[]> {
  const rows = await tx<{ profile_id: string }[]>`
    SELECT DISTINCT profile_id FROM (SELECT record_id FROM onefold.records WHERE unstitched LIMIT ${most}) AS found
    JOIN onefold.profile_members USING (record_id) ORDER BY profile_id`
  return rows.map((row) => row.profile_id)
}

/**
 * All events of these profiles that sessions are made of, by profile, stream and time; `withUsers` says who had logged in,
 * which costs a look-up an event.
 */
export async function loadStreams(
  tx: Tx,
  profiles: readonly string[],
  sessionless: readonly string[],
  withUsers: boolean,
): Promise<StreamEvent[]> {
  const user = withUsers
    ? tx`(SELECT min(hash::text) FROM onefold.identifiers
          WHERE identifiers.record_id = record.record_id AND identifiers.kind = 'user_id')`
    : tx`NULL::text`
  return tx<StreamEvent[]>`
    SELECT member.profile_id AS "profileId", record.stream, event.event_id AS "eventId",
           (extract(epoch FROM event.occurred_at) * 1000)::float8 AS at, event.kind, event.name, event.campaign,
           ${user} AS user
    FROM onefold.profile_members AS member
    JOIN onefold.records AS record USING (record_id)
    JOIN onefold.events AS event ON event.actor_id = record.record_id
    WHERE member.profile_id = ANY(${spellArray(profiles)}::uuid[]) AND event.kind <> ALL(${spellArray(sessionless)}::text[])
      AND NOT event.bot
    ORDER BY member.profile_id, record.stream, event.occurred_at, event.event_id`
}
