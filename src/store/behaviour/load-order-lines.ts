import type { OrderLine } from '../../feature/gather-orders.ts'
import type { SqlFragment, Tx } from '../open-store.ts'

/** The order lines of the people that `people` (a query of `profile_id`) gives, by person. */
export async function loadOrderLines(tx: Tx, people: SqlFragment): Promise<Map<string, OrderLine[]>> {
  const rows = await tx<{ profileId: string; orderKey: string; at: number; amount: number | null }[]>`
    SELECT member.profile_id AS "profileId", coalesce(event.order_key, event.event_id)::text AS "orderKey",
           (extract(epoch FROM event.occurred_at) * 1000)::float8 AS at, event.amount
    FROM (${people}) AS person JOIN onefold.profile_members AS member USING (profile_id)
    JOIN onefold.events AS event ON event.actor_id = member.record_id AND event.kind = 'order_line'`
  const byProfile = new Map<string, OrderLine[]>()
  for (const { profileId, orderKey, at, amount } of rows) {
    const lines = byProfile.get(profileId) ?? []
    byProfile.set(profileId, lines)
    // Unknown is absent in an order line, null in a table.
    lines.push(amount === null ? { orderKey, at } : { orderKey, at, amount })
  }
  return byProfile
}
