import { scaleZ } from '../scale-z.ts'
import { expectSpending, fitGammaGamma, type GammaGamma, type RepeatSpending } from './gamma-gamma.ts'
import type { FittedModel } from './fitted-model.ts'
import {
  DAYS_A_WEEK,
  groupSummaries,
  type PurchaseDay,
  type PurchaseSummary,
  summarizePurchases,
  summarizeSpending,
} from './purchase-summary.ts'
import { fitRepeatModel, type RepeatModel, type RepeatModelName } from './repeat-model.ts'

/** Ten and more buyers who came back for each of four parameters: with fewer a fit says little and may not arrive. */
const FEWEST_REPEAT_BUYERS = 50
/** The part of the time that is known which is kept from the model to see how well it foretells it. */
const HELD_OUT = 1 / 3
/** Purchases are expected and discounted by months of so many days. */
const STEP_DAYS = 30
const DAYS_A_YEAR = 365

/** How the last part of what is known was foretold from the part before [E8]. */
export interface HoldOut {
  readonly weeks: number
  /** Buyers of the part before, and the days of purchase that came after it: those that were expected, and those that were. */
  readonly buyers: number
  readonly expected: number
  readonly actual: number
  /** A buyer's mean error in days of purchase, and the root of the mean of its square. */
  readonly meanAbsoluteError: number
  readonly rootMeanSquareError: number
}

export interface Lifetime {
  readonly repeat: RepeatModel
  /** Absent where too few who came back spent something that is known. */
  readonly spending?: FittedModel<GammaGamma>
  readonly buyers: number
  readonly repeatBuyers: number
  /** Pearson's, of how often and how much those who came back bought: Gamma–Gamma takes it to be none. */
  readonly correlation?: number
  /** Absent where the part before had too few buyers who came back. */
  readonly holdOut?: HoldOut
}

/**
 * Fits what buyers will do to what they did until the UTC day `end` (days since 1970), with the error of the same on a
 * last third kept apart. Undefined when fewer than `FEWEST_REPEAT_BUYERS` came back: then nothing can be said of anybody.
 * Order-free in the buyers.
 */
export function fitLifetime(
  name: RepeatModelName,
  histories: readonly (readonly PurchaseDay[])[],
  end: number,
): Lifetime | undefined {
  const summaries = summarizeAll(histories, end)
  const repeatBuyers = summaries.filter(({ repeats }) => repeats > 0).length
  if (repeatBuyers < FEWEST_REPEAT_BUYERS) return undefined
  const spent = histories.flatMap((days) => summarizeSpending(days, end) ?? []).toSorted(bySpending)
  const holdOut = foretell(name, histories, end)
  return {
    repeat: fitRepeatModel(name, groupSummaries(summaries)),
    ...(spent.length < FEWEST_REPEAT_BUYERS ? {} : { spending: fitGammaGamma(spent), correlation: correlate(spent) }),
    buyers: summaries.length,
    repeatBuyers,
    ...(holdOut === undefined ? {} : { holdOut }),
  }
}

/** What is foretold of one buyer over a horizon. */
export interface Foretold {
  readonly pAlive: number
  /** Days of purchase to come. */
  readonly expectedPurchases: number
  /** What they come to, each discounted to today; absent where spending has no model. */
  readonly lifetimeValue?: number
}

/** Histories of buyers that are remembered with what is foretold of them; most buyers of a shop share theirs with others. */
const MOST_REMEMBERED = 100_000

/**
 * Opens what tells what a buyer will do over the next `horizonDays`: money counts the less the later it comes, by `discount`
 * a year (0.1: what comes in a year counts 1/1.1). Buyers of one history differ in what they spend alone: the rest is asked
 * of the model once.
 */
export function openForetelling(
  { repeat, spending }: Lifetime,
  { horizonDays, discount }: { readonly horizonDays: number; readonly discount: number },
): (buyer: PurchaseSummary, spent: RepeatSpending | undefined) => Foretold {
  const foretellRepeats = (buyer: PurchaseSummary): Repeats => {
    let [expected, discounted] = [0, 0]
    for (let from = 0; from < horizonDays; from += STEP_DAYS) {
      const to = Math.min(from + STEP_DAYS, horizonDays)
      const until = repeat.expect(buyer, to / DAYS_A_WEEK)
      discounted += (until - expected) / (1 + discount) ** ((from + to) / 2 / DAYS_A_YEAR)
      expected = until
    }
    return { pAlive: repeat.pAlive(buyer), expectedPurchases: expected, discounted }
  }
  const remembered = new Map<string, Repeats>()
  return (buyer, spent) => {
    const history = `${buyer.repeats} ${buyer.lastAt} ${buyer.age}`
    const known = remembered.get(history)
    if (known === undefined && remembered.size >= MOST_REMEMBERED) remembered.clear()
    const { discounted, ...foretold } = known ?? foretellRepeats(buyer)
    if (known === undefined) remembered.set(history, { ...foretold, discounted })
    const mean = spending === undefined ? undefined : expectSpending(spending.parameters, spent)
    return { ...foretold, ...(mean === undefined ? {} : { lifetimeValue: discounted * mean }) }
  }
}

/** What is foretold whatever somebody spends; `discounted` are the days of purchase to come by what they count today. */
interface Repeats extends Omit<Foretold, 'lifetimeValue'> {
  readonly discounted: number
}

/** Fits on the first two thirds of the time that is known, and compares with the last. */
function foretell(
  name: RepeatModelName,
  histories: readonly (readonly PurchaseDay[])[],
  end: number,
): HoldOut | undefined {
  const begin = histories.reduce((least, days) => days.reduce((min, { day }) => Math.min(min, day), least), Infinity)
  const heldDays = Math.round((end - begin) * HELD_OUT)
  const cut = end - heldDays
  const before = summarizeAll(histories, cut)
  if (heldDays < 1 || before.filter(({ repeats }) => repeats > 0).length < FEWEST_REPEAT_BUYERS) return undefined
  const model = fitRepeatModel(name, groupSummaries(before))
  let [buyers, expected, actual, absolute, square] = [0, 0, 0, 0, 0]
  for (const days of histories) {
    const buyer = summarizePurchases(daysOf(days), cut)
    if (buyer === undefined) continue
    const foretold = model.expect(buyer, heldDays / DAYS_A_WEEK)
    const came = new Set(daysOf(days).filter((day) => day > cut && day <= end)).size
    buyers += 1
    expected += foretold
    actual += came
    absolute += Math.abs(foretold - came)
    square += (foretold - came) ** 2
  }
  return {
    weeks: heldDays / DAYS_A_WEEK,
    buyers,
    expected,
    actual,
    meanAbsoluteError: absolute / buyers,
    rootMeanSquareError: Math.sqrt(square / buyers),
  }
}

function summarizeAll(histories: readonly (readonly PurchaseDay[])[], end: number): PurchaseSummary[] {
  return histories.flatMap((days) => summarizePurchases(daysOf(days), end) ?? [])
}

function daysOf(days: readonly PurchaseDay[]): number[] {
  return days.map(({ day }) => day)
}

function correlate(spent: readonly RepeatSpending[]): number {
  const repeats = scaleZ(Float64Array.from(spent, (buyer) => buyer.repeats))
  const means = scaleZ(Float64Array.from(spent, (buyer) => buyer.mean))
  return repeats.reduce((sum, z, at) => sum + z * (means[at] as number), 0) / spent.length
}

/** Sums do not depend on the order in which buyers come. */
function bySpending(left: RepeatSpending, right: RepeatSpending): number {
  return left.repeats - right.repeats || left.mean - right.mean
}
