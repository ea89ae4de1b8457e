import type { OrderLine } from '../../feature/gather-orders.ts'
import type { Tx } from '../open-store.ts'
import { loadOrderLines } from './load-order-lines.ts'

/**
 * The order lines of `most` buyers at most, a list a buyer: always the same ones of the same people, chosen
 * by a hash of their ids, which follows nothing they do.
 */
export async function loadPurchaseSample(tx: Tx, most: number): Promise<OrderLine[][]> {
  const sample = tx`
    SELECT profile_id FROM onefold.features AS feature JOIN onefold.profiles AS profile USING (profile_id)
    WHERE purchases > 0 AND profile.dissolved_at IS NULL
    ORDER BY uuid_hash_extended(profile_id, 0) LIMIT ${most}`
  const lines = await loadOrderLines(tx, sample)
  return [...lines].toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([, own]) => own)
}
