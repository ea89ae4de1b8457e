import type { IdRange } from '../identity/plan-ranges.ts'
import { isSelected } from '../identity/select-profiles.ts'
import type { SqlFragment, Tx } from '../open-store.ts'
import { spellArray } from '../spell-array.ts'
import { isInOneOf, takeDueRanges } from './due-ranges.ts'

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
  readonly whole: ReadonlySet<string>
  /** Of the streams of the others that are due, all. */
  readonly actors: readonly DueActor[]
  readonly unread: readonly UnreadActor[]
}

/**
 * Takes the unstitched profiles of a range, or those of so many actors, off the marked. Events that are being written meanwhile
 * are not waited for: they mark their actors themselves, for whoever claims next.
 */
export async function claimUnstitched(tx: Tx, range: IdRange | number): Promise<Claim> {
  const [everybody, due] =
    typeof range === 'number'
      ? [[], await takeSome(tx, range)]
      : await Promise.all([takeEverybody(tx, range), takeRange(tx, range)])
  const whole = new Set(everybody)
  const marked = [...new Set(due.map(({ profileId }) => profileId))].filter((id) => !whole.has(id))
  const actors = await findDueActors(tx, marked, due)
  const partly = new Set(actors.filter(({ fromMs }) => fromMs !== -Infinity).map(({ profileId }) => profileId))
  for (const id of marked) if (!partly.has(id)) whole.add(id)
  const unreadOf = new Map<string, number>()
  for (const { actorId, unread } of due) {
    if (unread !== null) unreadOf.set(actorId, Math.min(unreadOf.get(actorId) ?? Infinity, unread))
  }
  return {
    profiles: [...whole, ...partly].sort(),
    whole,
    actors: actors.filter(({ profileId, fromMs }) => partly.has(profileId) && fromMs < Infinity),
    unread: Array.from(unreadOf, ([actorId, fromMs]) => ({ actorId, fromMs })),
  }
}

/** The actors of people who are marked, and from when on the stream of each is due: Infinity if none of it is. */
async function findDueActors(tx: Tx, profiles: readonly string[], due: readonly DueRow[]): Promise<DueActor[]> {
  if (profiles.length === 0) return []
  const actors = await tx<Omit<DueActor, 'fromMs'>[]>`
    SELECT * FROM (
      SELECT member.record_id AS "actorId", member.profile_id AS "profileId", ${streamOf(tx)} AS stream
      FROM onefold.profile_members AS member WHERE member.profile_id = ANY(${spellArray(profiles)}::uuid[])
    ) AS actor WHERE stream IS NOT NULL ORDER BY "actorId"`
  const sinceOf = new Map<string, number>()
  for (const { actorId, since } of due) sinceOf.set(actorId, Math.min(sinceOf.get(actorId) ?? Infinity, since))
  const fromOf = new Map<string, number>()
  for (const actor of actors) {
    const stream = nameStream(actor)
    fromOf.set(stream, Math.min(fromOf.get(stream) ?? Infinity, sinceOf.get(actor.actorId) ?? Infinity))
  }
  return actors.map((actor) => ({ ...actor, fromMs: fromOf.get(nameStream(actor)) ?? Infinity }))
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

/** Whoever has actors in the parts of a range that are due as such. */
async function takeEverybody(tx: Tx, range: IdRange): Promise<string[]> {
  const ranges = await takeDueRanges(tx, 'unstitched', range)
  if (ranges.length === 0) return []
  const rows = await tx<{ profile_id: string }[]>`
    SELECT DISTINCT profile_id FROM onefold.profile_members AS member
    WHERE (${isInOneOf(tx, tx`profile_id`, ranges)}) AND ${streamOf(tx)} IS NOT NULL`
  return rows.map((row) => row.profile_id)
}

async function takeRange(tx: Tx, range: IdRange): Promise<DueRow[]> {
  return takeDue(tx, isSelected(tx, tx`member.profile_id`, range))
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
