import { type Crowd, REMEMBERED } from '../../feature/estimate-turnover.ts'
import type { RfmColumns } from '../../feature/score-rfm.ts'
import { FIRST_ID } from '../identity/plan-ranges.ts'
import type { SqlFragment, Tx } from '../open-store.ts'

/** What scores of a buyer are made from. Days of the first and last purchase since 1970, UTC. */
export interface Buyer {
  readonly profileId: string
  readonly periodPurchases: number
  readonly firstDay: number
  readonly lastDay: number
  readonly purchaseDays: number
  readonly pricedRepeatDays: number
  readonly repeatDayAmount: number | null
}

/** Buyers at a time: all of a million as objects would be hundreds of megabytes. */
const AT_ONCE = 5_000

/**
 * Everybody living who bought, by id, some at a time; scores may be written between two of them, while the next are already
 * read.
 */
export async function* readBuyers(tx: Tx): AsyncGenerator<readonly Buyer[]> {
  let next = loadBuyers(tx, FIRST_ID)
  for (;;) {
    const buyers = await next
    if (buyers.length === AT_ONCE) {
      next = loadBuyers(tx, buyers.at(-1)!.profileId)
      // Nobody asks for them if what is done with these fails.
      next.catch(() => {})
    }
    if (buyers.length > 0) yield buyers
    if (buyers.length < AT_ONCE) return
  }
}

async function loadBuyers(tx: Tx, after: string): Promise<readonly Buyer[]> {
  return tx<Buyer[]>`
    SELECT feature.profile_id AS "profileId", period_purchases AS "periodPurchases",
      floor(extract(epoch FROM first_purchase_at) / 86400)::int AS "firstDay",
      floor(extract(epoch FROM last_purchase_at) / 86400)::int AS "lastDay", purchase_days AS "purchaseDays",
      priced_repeat_days AS "pricedRepeatDays", repeat_day_amount AS "repeatDayAmount"
    -- Said of both, or those before are read of one each time.
    FROM ${boughtOnce(tx, 'purchase_days')} AND feature.profile_id > ${after} AND profile.profile_id > ${after}
    ORDER BY feature.profile_id LIMIT ${AT_ONCE}`
}

/**
 * Recency, frequency and money of all of these who have them (`people`, of `loadCrowd`), in their order. Nothing else may be
 * asked of `tx` meanwhile.
 */
export async function loadRfmColumns(tx: Tx, people: number): Promise<RfmColumns> {
  const [recencyDays, frequency, monetary] = Array.from({ length: 3 }, () => new Float64Array(people)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  let place = 0
  const batches = tx<{ days: number; purchases: number; spent: number }[]>`
    SELECT recency_days AS days, period_purchases AS purchases, period_spent AS spent
    FROM ${boughtOnce(tx, 'period_purchases')} ORDER BY profile_id`.cursor(AT_ONCE)
  for await (const batch of batches) {
    for (const { days, purchases, spent } of batch) {
      recencyDays[place] = days
      frequency[place] = purchases
      monetary[place] = spent
      place += 1
    }
  }
  return { recencyDays, frequency, monetary }
}

/** Everybody living who bought on some day, or within the period of recency, frequency and money, and how often all together. */
export async function loadCrowd(tx: Tx, counted: 'purchase_days' | 'period_purchases'): Promise<Crowd> {
  const [crowd] = await tx<Crowd[]>`
    SELECT count(*) AS people, coalesce(sum(${tx(counted)}), 0)::float8 AS facts, ARRAY(
      -- As ids, whose order is that of their text, and by their index.
      SELECT profile_id::text FROM ${boughtOnce(tx, counted)} ORDER BY feature.profile_id LIMIT ${REMEMBERED}) AS sample
    FROM ${boughtOnce(tx, counted)}`
  return crowd!
}

function boughtOnce(tx: Tx, counted: 'purchase_days' | 'period_purchases'): SqlFragment {
  return tx`onefold.features AS feature JOIN onefold.profiles AS profile USING (profile_id)
    WHERE ${tx(counted)} > 0 AND profile.dissolved_at IS NULL`
}
