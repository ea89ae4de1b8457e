import type { JSONValue } from 'postgres'
import { DAY_MS } from '../../feature/count-utc-days.ts'
import { sampleCrowd } from '../../feature/estimate-turnover.ts'
import { gatherOrders } from '../../feature/gather-orders.ts'
import { derivePurchaseDays } from '../../feature/lifetime/derive-purchase-days.ts'
import { fitLifetime, foretellBuyer, type Lifetime } from '../../feature/lifetime/fit-lifetime.ts'
import { DAYS_A_WEEK } from '../../feature/lifetime/purchase-summary.ts'
import { openRepeatModel } from '../../feature/lifetime/repeat-model.ts'
import type { Settings } from '../../config/settings.ts'
import { loadPurchaseSample } from '../../store/behaviour/load-purchase-sample.ts'
import type { Buyer, ScoreRow } from '../../store/behaviour/save-scores.ts'
import { type Learner, type Learnt, learnWhenDue } from './learn-when-due.ts'

/** Buyers that models of what they will do learn from: more would move a parameter by a hundredth of itself. */
const MOST_LEARNT_FROM = 30_000

/**
 * What buyers, sorted by id, will do from now on [E8], in their order, by models that are kept for a while [F6], with what to
 * tell of these; undefined where too few came back to learn from.
 */
export async function foretellBuyers(
  learner: Learner,
  buyers: readonly Buyer[],
): Promise<{ foretold: Partial<ScoreRow>[]; learnt: Learnt<JSONValue> } | undefined> {
  const { tx, asOf, settings } = learner
  const endDay = Math.floor(asOf.getTime() / DAY_MS)
  const crowd = sampleCrowd(
    buyers.map(({ profileId }) => profileId),
    buyers.reduce((sum, { purchaseDays }) => sum + purchaseDays, 0),
  )
  const learnt = await learnWhenDue(learner, 'lifetime', crowd, async () => {
    const sample = await loadPurchaseSample(tx, MOST_LEARNT_FROM)
    const histories = sample.map((lines) => derivePurchaseDays(gatherOrders(lines, asOf.getTime())))
    return fitLifetime(settings.lifetime.model, histories, endDay)
  })
  if (learnt === undefined) return undefined
  // As kept it is without its functions.
  const { name, fitted } = learnt.fitted.repeat
  const lifetime: Lifetime = { ...learnt.fitted, repeat: openRepeatModel(name, fitted) }
  return {
    foretold: buyers.map((buyer) => foretell(lifetime, buyer, endDay, settings.lifetime)),
    learnt: { asOf: learnt.asOf, fitted: describeLifetime(lifetime, settings.lifetime) },
  }
}

function foretell(
  lifetime: Lifetime,
  { firstDay, lastDay, purchaseDays, pricedRepeatDays, repeatDayAmount }: Buyer,
  endDay: number,
  { horizon_days: horizonDays, discount }: Settings['lifetime'],
): Partial<ScoreRow> {
  const buyer = {
    repeats: purchaseDays - 1,
    lastAt: (lastDay - firstDay) / DAYS_A_WEEK,
    age: (endDay - firstDay) / DAYS_A_WEEK,
  }
  const spent = repeatDayAmount === null ? undefined : { repeats: pricedRepeatDays, mean: repeatDayAmount }
  const foretold = foretellBuyer(lifetime, buyer, spent, { horizonDays, discount })
  return {
    pAlive: round(foretold.pAlive, 6),
    expectedPurchases: round(foretold.expectedPurchases, 6),
    ...(foretold.lifetimeValue === undefined ? {} : { lifetimeValue: round(foretold.lifetimeValue, 2) }),
  }
}

function describeLifetime(
  { repeat, spending, ...measured }: Lifetime,
  { horizon_days: horizonDays, discount }: Settings['lifetime'],
): JSONValue {
  return {
    model: repeat.name,
    ...repeat.fitted,
    spending: spending ?? null,
    ...measured,
    horizonDays,
    discount,
  } as unknown as JSONValue
}

/** So many digits as a rerun on another machine gives again. */
function round(value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits
}
