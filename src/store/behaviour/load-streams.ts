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

/**
 * Locks the actors of the unstitched profiles of a range, or of so many of them, so that events still being written to them
 * are waited for, and marks them as stitched. Returns the profiles, sorted.
 */
export async function claimUnstitched(tx: Tx, range: IdRange | number): Promise<string[]> {
  const profiles = typeof range === 'number' ? await findSome(tx, range) : await findDue(tx, 'unstitched', range)
  if (profiles.length === 0) return profiles
  const actors = await tx<{ record_id: string; unstitched: boolean }[]>`
    SELECT record.record_id, record.unstitched
    FROM onefold.records AS record JOIN onefold.profile_members AS member USING (record_id)
    WHERE member.profile_id = ANY(${spellArray(profiles)}::uuid[]) AND record.kind = 'actor'
    ORDER BY record.record_id FOR UPDATE OF record`
  const due = actors.filter(({ unstitched }) => unstitched).map((row) => row.record_id)
  // By their ids alone: the index of what is unstitched is taken for small while much has just become so.
  await tx`UPDATE onefold.records SET unstitched = false WHERE record_id = ANY(${spellArray(due)}::uuid[])`
  return profiles
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
