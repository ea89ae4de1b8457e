import { PURCHASE, type TimedEvent, type Timeline } from '../../segment/timeline.ts'
import { isSelected, type ProfileSelection } from '../identity/select-profiles.ts'
import type { Tx } from '../open-store.ts'

/**
 * What rules ask of the events of the living among some profiles: by the name of the event, those at most its span (ms)
 * before an instant, and none after it. Events without a name that is kept go by their kind. Bots did nothing. People without any are left out; no statement without spans.
 */
export async function loadTimelines(
  tx: Tx,
  selection: ProfileSelection,
  asOf: Date,
  spans: ReadonlyMap<string, number>,
): Promise<ReadonlyMap<string, Timeline>> {
  const timelines = new Map<string, Map<string, TimedEvent[]>>()
  if (spans.size === 0) return timelines
  const names = [...spans.keys()]
  const since = names.map((name) => asOf.getTime() - (spans.get(name) ?? 0))
  const longest = new Date(Math.min(...since))
  const rows = await tx<{ profileId: string; name: string; at: number; amount: number }[]>`
    SELECT member.profile_id AS "profileId", wanted.name,
      (extract(epoch FROM min(event.occurred_at)) * 1000)::float8 AS at, coalesce(sum(event.amount), 0) AS amount
    FROM onefold.profiles AS profile JOIN onefold.profile_members AS member USING (profile_id)
    JOIN onefold.events AS event ON event.actor_id = member.record_id
      AND event.occurred_at <= ${asOf} AND NOT event.bot
      -- Lines of an order may be apart: it is as old as its first, wherever that is.
      AND (event.occurred_at >= ${longest}${spans.has(PURCHASE) ? tx` OR event.kind = 'order_line'` : tx``})
    JOIN unnest(${names}::text[], ${since}::float8[]) AS wanted (name, since)
      ON wanted.name = CASE WHEN event.kind = 'order_line' THEN ${PURCHASE}
        ELSE nullif(coalesce(event.name, event.kind), ${PURCHASE}) END
    WHERE profile.dissolved_at IS NULL AND ${isSelected(tx, tx`profile.profile_id`, selection)}
    GROUP BY 1, 2, CASE WHEN event.kind = 'order_line' THEN coalesce(event.order_key, event.event_id) ELSE event.event_id END
    HAVING min(event.occurred_at) >= to_timestamp(min(wanted.since) / 1000.0)
      AND (min(event.kind) <> 'order_line' OR bool_or(event.amount IS NULL OR event.amount > 0))
    ORDER BY 1, 2, 3`
  for (const { profileId, name, at, amount } of rows) {
    const timeline = timelines.get(profileId) ?? new Map<string, TimedEvent[]>()
    timelines.set(profileId, timeline)
    const events = timeline.get(name) ?? []
    timeline.set(name, events)
    events.push({ at, amount })
  }
  return timelines
}
