import type { OrderLine } from '../../feature/gather-orders.ts'
import type { SqlFragment, Tx } from '../open-store.ts'
import { spellArray } from '../spell-array.ts'

/** The order lines of people (ids, or a query of `profile_id`), by person. */
export async function loadOrderLines(
  tx: Tx,
  people: readonly string[] | SqlFragment,
): Promise<Map<string, OrderLine[]>> {
  const ids = Array.isArray(people) ? tx`${spellArray(people)}::uuid[]` : tx`ARRAY(${people as SqlFragment})`
  const rows = await tx<{ profileId: string; orderKey: string; at: number; amount: number | null }[]>`
    SELECT profile_id AS "profileId", order_key::text AS "orderKey",
           (extract(epoch FROM occurred_at) * 1000)::float8 AS at, amount
    FROM onefold.order_lines WHERE profile_id = ANY(${ids})`
  const byProfile = new Map<string, OrderLine[]>()
  for (const { profileId, orderKey, at, amount } of rows) {
    const lines = byProfile.get(profileId) ?? []
    byProfile.set(profileId, lines)
    // Unknown is absent in an order line, null in a table.
    lines.push(amount === null ? { orderKey, at } : { orderKey, at, amount })
  }
  return byProfile
}
