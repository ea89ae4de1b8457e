import type { JSONValue } from 'postgres'
import { DAY_MS } from '../../feature/count-utc-days.ts'
import { gatherOrders } from '../../feature/gather-orders.ts'
import { derivePurchaseDays } from '../../feature/lifetime/derive-purchase-days.ts'
import { fitLifetime, type Foretold, type Lifetime, openForetelling } from '../../feature/lifetime/fit-lifetime.ts'
import type { RepeatSpending } from '../../feature/lifetime/gamma-gamma.ts'
import { DAYS_A_WEEK, type PurchaseSummary } from '../../feature/lifetime/purchase-summary.ts'
import { openRepeatModel } from '../../feature/lifetime/repeat-model.ts'
import type { Settings } from '../../config/settings.ts'
import { loadPurchaseSample } from '../../store/behaviour/load-purchase-sample.ts'
import { type Buyer, loadCrowd } from '../../store/behaviour/load-buyers.ts'
import type { ScoreRow } from '../../store/behaviour/save-scores.ts'
import { type Learner, type Learnt, learnWhenDue } from './learn-when-due.ts'

/** Buyers that models of what they will do learn from: more would move a parameter by a hundredth of itself. */
const MOST_LEARNT_FROM = 30_000

/** What buyers will do, one at a time. */
export interface Foreteller {
  readonly foretell: (buyer: Buyer) => Partial<ScoreRow>
  /** By what, to be told. */
  readonly learnt: Learnt<JSONValue>
}

/**
 * Opens what tells what buyers will do from now on [E8], by models that are kept for a while [F6]; undefined where too few
 * came back to learn from.
 */
export async function openForeteller(learner: Learner): Promise<Foreteller | undefined> {
  const { tx, asOf, settings } = learner
  const endDay = Math.floor(asOf.getTime() / DAY_MS)
  const learnt = await learnWhenDue(learner, 'lifetime', await loadCrowd(tx, 'purchase_days'), async () => {
    const sample = await loadPurchaseSample(tx, MOST_LEARNT_FROM)
    const histories = sample.map((lines) => derivePurchaseDays(gatherOrders(lines, asOf.getTime())))
    return fitLifetime(settings.lifetime.model, histories, endDay)
  })
  if (learnt === undefined) return undefined
  // As kept it is without its functions.
  const { name, fitted } = learnt.fitted.repeat
  const lifetime: Lifetime = { ...learnt.fitted, repeat: openRepeatModel(name, fitted) }
  const { horizon_days: horizonDays, discount } = settings.lifetime
  const foretell = openForetelling(lifetime, { horizonDays, discount })
  return {
    foretell: (buyer) => toScores(foretell(summarize(buyer, endDay), toSpending(buyer))),
    learnt: { asOf: learnt.asOf, fitted: describeLifetime(lifetime, settings.lifetime) },
  }
}

function summarize({ firstDay, lastDay, purchaseDays }: Buyer, endDay: number): PurchaseSummary {
  return {
    repeats: purchaseDays - 1,
    lastAt: (lastDay - firstDay) / DAYS_A_WEEK,
    age: (endDay - firstDay) / DAYS_A_WEEK,
  }
}

function toSpending({ pricedRepeatDays, repeatDayAmount }: Buyer): RepeatSpending | undefined {
  return repeatDayAmount === null ? undefined : { repeats: pricedRepeatDays, mean: repeatDayAmount }
}

function toScores({ pAlive, expectedPurchases, lifetimeValue }: Foretold): Partial<ScoreRow> {
  return {
    pAlive: round(pAlive, 6),
    expectedPurchases: round(expectedPurchases, 6),
    ...(lifetimeValue === undefined ? {} : { lifetimeValue: round(lifetimeValue, 2) }),
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
