import { endsBefore } from '../identity/ends-before.ts'
import type { IdRange } from '../identity/plan-ranges.ts'
import type { SqlFragment, Tx } from '../open-store.ts'
import { spellArray } from '../spell-array.ts'

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
 * Takes the unstitched profiles of a range, or those of so many actors, off the marked. Events that are being written meanwhile
 * are not waited for: they mark their actors themselves, for whoever claims next.
 */
export async function claimUnstitched(tx: Tx, range: IdRange | number): Promise<Claim> {
  const due = typeof range === 'number' ? await takeSome(tx, range) : await takeRange(tx, range)
  const profiles = [...new Set(due.map(({ profileId }) => profileId))].sort()
  if (profiles.length === 0) return { profiles, whole: [], actors: [], unread: [] }
  const actors = await tx<Omit<DueActor, 'fromMs'>[]>`
    SELECT * FROM (
      SELECT member.record_id AS "actorId", member.profile_id AS "profileId", ${streamOf(tx)} AS stream
      FROM onefold.profile_members AS member WHERE member.profile_id = ANY(${spellArray(profiles)}::uuid[])
    ) AS actor WHERE stream IS NOT NULL ORDER BY "actorId"`
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

/** The stream of `member`, null of people: workers of a release before do not write it to where members are. */
export function streamOf(tx: Tx): SqlFragment {
  return tx`coalesce(member.stream, (SELECT stream FROM onefold.records WHERE records.record_id = member.record_id))`
}

/** A stream of one person. */
export function nameStream({ profileId, stream }: Pick<DueActor, 'profileId' | 'stream'>): string {
  return `${profileId} ${stream}`
}

interface DueRow {
  readonly actorId: string
  readonly profileId: string
  readonly since: number
  readonly unread: number | null
}

async function takeRange(tx: Tx, range: IdRange): Promise<DueRow[]> {
  return takeDue(tx, tx`member.profile_id >= ${range.from} AND member.profile_id ${endsBefore(tx, range)}`)
}

/** All that is due of the people of some actors: what one of them did is not made twice. */
async function takeSome(tx: Tx, most: number): Promise<DueRow[]> {
  const some = tx`
    SELECT profile_id FROM (SELECT actor_id FROM onefold.unstitched LIMIT ${most}) AS found
    JOIN onefold.profile_members ON record_id = actor_id`
  // As an array: by a join alone whoever else is due would be looked at, too.
  return takeDue(
    tx,
    tx`actor_id = ANY(ARRAY(SELECT record_id FROM onefold.profile_members WHERE profile_id = ANY(ARRAY(${some}))))`,
  )
}

async function takeDue(tx: Tx, chosen: SqlFragment): Promise<DueRow[]> {
  return tx<DueRow[]>`
    DELETE FROM onefold.unstitched USING onefold.profile_members AS member
    WHERE actor_id = member.record_id AND ${chosen}
    RETURNING actor_id AS "actorId", member.profile_id AS "profileId", (extract(epoch FROM since) * 1000)::float8 AS since,
      (extract(epoch FROM unread) * 1000)::float8 AS unread`
}
