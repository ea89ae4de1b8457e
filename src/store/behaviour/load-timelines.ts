import { SYSTEM_EVENTS } from '../../quality/declared-events.ts'
import { INTERACTION, PURCHASE, type TimedEvent, type Timeline } from '../../segment/timeline.ts'
import { SESSIONLESS_KINDS } from '../../session/session.ts'
import { isSelected, type ProfileSelection } from '../identity/select-profiles.ts'
import type { SqlFragment, Tx } from '../open-store.ts'
import { spellArray } from '../spell-array.ts'

/**
 * What rules ask of the events of some profiles: by the name of the event, those at most its span (ms,
 * Infinity for all) before an instant, and none after it. Events without a name that is kept go by their kind. Bots did
 * nothing. People without any are left out; no statement without spans.
 */
export async function loadTimelines(
  tx: Tx,
  selection: ProfileSelection,
  asOf: Date,
  spans: ReadonlyMap<string, number>,
): Promise<ReadonlyMap<string, Timeline>> {
  const timelines = new Map<string, Map<string, TimedEvent[]>>()
  if (spans.size === 0) return timelines
  const chosen = isSelected(tx, tx`profile_id`, selection)
  const [events, purchases] = await Promise.all([
    loadTracked(tx, chosen, asOf, spans),
    spans.has(PURCHASE) ? loadPurchases(tx, chosen, asOf, sinceOf(spans.get(PURCHASE) ?? 0, asOf)) : [],
  ])
  const note = (profileId: string, name: string, event: TimedEvent): void => {
    const timeline = timelines.get(profileId) ?? new Map<string, TimedEvent[]>()
    timelines.set(profileId, timeline)
    const own = timeline.get(name) ?? []
    timeline.set(name, own)
    own.push(event)
  }
  for (const { profileId, name, isInteraction, at, amount, properties } of [...events, ...purchases]) {
    const event = properties === null ? { at, amount } : { at, amount, properties }
    if (name !== null) note(profileId, name, event)
    if (isInteraction) note(profileId, INTERACTION, event)
  }
  return timelines
}

interface Happened extends Pick<TimedEvent, 'at' | 'amount'> {
  readonly profileId: string
  /** Null of an interaction that no rule asks for by name. */
  readonly name: string | null
  readonly isInteraction: boolean
  readonly properties: NonNullable<TimedEvent['properties']> | null
}

/** Nothing is older than 1970, which intake sees to. */
function sinceOf(spanMs: number, asOf: Date): number {
  return Math.max(0, asOf.getTime() - spanMs)
}

async function loadTracked(
  tx: Tx,
  chosen: SqlFragment,
  asOf: Date,
  spans: ReadonlyMap<string, number>,
): Promise<readonly Happened[]> {
  const names = [...spans.keys()].filter((name) => name !== PURCHASE && name !== INTERACTION)
  const since = names.map((name) => sinceOf(spans.get(name) ?? 0, asOf))
  const interactionSince = spans.has(INTERACTION) ? sinceOf(spans.get(INTERACTION) ?? 0, asOf) : Infinity
  const longest = Math.min(...since, interactionSince)
  if (!Number.isFinite(longest)) return []
  // A look into two short lists for each event; a join would hold every event against every name.
  const wanted = tx`event.occurred_at >= to_timestamp(
    (${spellArray(since)}::float8[])[array_position(${spellArray(names)}::text[], coalesce(event.name, event.kind))] / 1000.0)`
  const isInteraction = tx`(event.occurred_at >= ${new Date(Math.min(interactionSince, asOf.getTime() + 1))}
    AND event.kind <> ALL(${[...SESSIONLESS_KINDS]}::text[])
    AND coalesce(event.name <> ALL(${[...SYSTEM_EVENTS]}::text[]), true))`
  return tx<Happened[]>`
    SELECT member.profile_id AS "profileId", CASE WHEN ${wanted} THEN coalesce(event.name, event.kind) END AS name,
      ${isInteraction} AS "isInteraction", (extract(epoch FROM event.occurred_at) * 1000)::float8 AS at,
      coalesce(event.amount, 0) AS amount, event.properties
    FROM onefold.profile_members AS member JOIN onefold.events AS event ON event.actor_id = member.record_id AND event.kind <> 'order_line'
      AND event.occurred_at BETWEEN ${new Date(longest)} AND ${asOf} AND NOT event.bot
    WHERE ${chosen} AND (${wanted} OR ${isInteraction})
    ORDER BY 1, event.occurred_at`
}

/** An order is as old as its first line, wherever that is, and is none if it cost nothing. */
async function loadPurchases(tx: Tx, chosen: SqlFragment, asOf: Date, sinceMs: number): Promise<readonly Happened[]> {
  return tx<Happened[]>`
    SELECT profile_id AS "profileId", ${PURCHASE} AS name, false AS "isInteraction", (extract(epoch FROM min(occurred_at)) * 1000)::float8 AS at,
      coalesce(sum(amount), 0) AS amount, NULL AS properties
    FROM onefold.order_lines
    WHERE ${chosen} AND occurred_at <= ${asOf}
    GROUP BY profile_id, order_key
    HAVING min(occurred_at) >= ${new Date(sinceMs)} AND bool_or(amount IS NULL OR amount > 0)
    ORDER BY 1, min(occurred_at)`
}
