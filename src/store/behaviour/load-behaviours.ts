import type { Behaviour } from '../../feature/compose-feature-row.ts'
import type { OrderLine } from '../../feature/derive-purchase-base.ts'
import { isSelected, type ProfileSelection } from '../identity/select-profiles.ts'
import type { Tx } from '../open-store.ts'

/** The event names that count messages sent, opened and clicked [E3]. */
export interface EngagementNames {
  readonly sends: readonly string[]
  readonly opens: readonly string[]
  readonly clicks: readonly string[]
}

/** What these people did until `asOf`: order lines, sessions, and messages by kind. Living profiles only, sorted. */
export async function loadBehaviours(
  tx: Tx,
  selection: ProfileSelection,
  asOf: Date,
  names: EngagementNames,
): Promise<Behaviour[]> {
  const people = tx`
    SELECT profile_id FROM onefold.profiles
    WHERE dissolved_at IS NULL AND ${isSelected(tx, tx`profile_id`, selection)}`
  const [profiles, orders, sessions, messages] = await Promise.all([
    tx<{ profile_id: string }[]>`${people} ORDER BY profile_id`,
    tx<{ profileId: string; orderKey: string; at: number; amount: number | null }[]>`
    SELECT member.profile_id AS "profileId", coalesce(event.order_key, event.event_id)::text AS "orderKey",
           (extract(epoch FROM event.occurred_at) * 1000)::float8 AS at, event.amount
    FROM (${people}) AS person JOIN onefold.profile_members AS member USING (profile_id)
    JOIN onefold.events AS event ON event.actor_id = member.record_id AND event.kind = 'order_line'
    WHERE event.occurred_at <= ${asOf}`,
    tx<{ profileId: string; startedAt: number; endedAt: number; pageViews: number; bounced: boolean }[]>`
    SELECT profile_id AS "profileId", (extract(epoch FROM started_at) * 1000)::float8 AS "startedAt",
           (extract(epoch FROM ended_at) * 1000)::float8 AS "endedAt", page_views AS "pageViews", bounced
    FROM (${people}) AS person JOIN onefold.sessions USING (profile_id) WHERE NOT quarantined`,
    tx<{ profileId: string; sends: number; opens: number; clicks: number }[]>`
    SELECT member.profile_id AS "profileId",
           count(*) FILTER (WHERE event.name = ANY(${[...names.sends]}::text[])) AS sends,
           count(*) FILTER (WHERE event.name = ANY(${[...names.opens]}::text[])) AS opens,
           count(*) FILTER (WHERE event.name = ANY(${[...names.clicks]}::text[])) AS clicks
    FROM (${people}) AS person JOIN onefold.profile_members AS member USING (profile_id)
    JOIN onefold.events AS event ON event.actor_id = member.record_id
    WHERE event.name = ANY(${[...names.sends, ...names.opens, ...names.clicks]}::text[])
      AND event.occurred_at <= ${asOf} AND NOT event.bot
    GROUP BY 1`,
  ])
  const byProfile = new Map(
    profiles.map(({ profile_id: profileId }) => [
      profileId,
      {
        profileId,
        orders: [] as OrderLine[],
        sessions: [] as (typeof sessions)[number][],
        sends: 0,
        opens: 0,
        clicks: 0,
      },
    ]),
  )
  for (const { profileId, orderKey, at, amount } of orders) {
    // Unknown is absent in an order line, null in a table.
    byProfile.get(profileId)?.orders.push(amount === null ? { orderKey, at } : { orderKey, at, amount })
  }
  for (const session of sessions) byProfile.get(session.profileId)?.sessions.push(session)
  for (const { profileId, sends, opens, clicks } of messages)
    Object.assign(byProfile.get(profileId) ?? {}, { sends, opens, clicks })
  return [...byProfile.values()]
}
