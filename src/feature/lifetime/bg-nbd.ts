import { logBeta, logGamma } from './log-gamma.ts'
import { minimize } from './minimize.ts'
import type { FittedModel } from './fitted-model.ts'
import type { GroupedSummaries, PurchaseSummary } from './purchase-summary.ts'

/**
 * Parameters of the BG/NBD model (Fader, Hardie and Lee 2005, "Counting your customers the easy way"): while alive a
 * buyer buys at a rate that is gamma distributed over buyers (shape `r`, `alpha` weeks), and leaves after a purchase with
 * a chance that is beta distributed (`a`, `b`).
 */
export interface BgNbd {
  readonly r: number
  readonly alpha: number
  readonly a: number
  readonly b: number
}

/** Expectations have removable holes where `a` is 1, and where `a + b` is 1 of who never came back. */
const NEAR_HOLE = 1e-5
/** Sums are scaled down before they are beyond a number. */
const LARGE = 1e200

/** Fits BG/NBD to buyers by maximum likelihood. Order-free; undefined members never occur, convergence is told. */
export function fitBgNbd(buyers: GroupedSummaries): FittedModel<BgNbd> {
  const [repeats, weeks] = [sumOver(buyers, buyers.repeats), sumOver(buyers, buyers.age)]
  const start = [0, Math.log(Math.max(weeks, 1) / Math.max(repeats, 1)), 0.1, 0.1]
  const { at, value, converged } = minimize((logs) => -logLikelihoodOfBgNbd(toParameters(logs), buyers), start)
  return { parameters: toParameters(at), logLikelihood: -value, converged }
}

/** Log-likelihood of buyers, in natural logarithms; (6) of the paper, in a form that neither over- nor underflows. */
export function logLikelihoodOfBgNbd({ r, alpha, a, b }: BgNbd, buyers: GroupedSummaries): number {
  const constant = r * Math.log(alpha) - logGamma(r) - logBeta(a, b)
  let sum = 0
  // Groups come by number of repeats, so what depends on that alone is computed once for each.
  let [known, ofRepeats] = [-1, 0]
  for (let n = 0; n < buyers.repeats.length; n += 1) {
    const [x, lastAt, age] = [buyers.repeats[n] as number, buyers.lastAt[n] as number, buyers.age[n] as number]
    if (x !== known) [known, ofRepeats] = [x, constant + logGamma(r + x) + logBeta(a, b + x)]
    const alive = -(r + x) * Math.log(alpha + age)
    const gone = x === 0 ? -Infinity : Math.log(a / (b + x - 1)) - (r + x) * Math.log(alpha + lastAt)
    sum += (buyers.buyers[n] as number) * (ofRepeats + addLogs(alive, gone))
  }
  return sum
}

/** The chance that a buyer still buys, 0 to 1. Who never came back has had no occasion to leave: 1. */
export function derivePAliveByBgNbd({ r, alpha, a, b }: BgNbd, { repeats, lastAt, age }: PurchaseSummary): number {
  if (repeats === 0) return 1
  const logOdds = Math.log(a / (b + repeats - 1)) + (r + repeats) * Math.log((alpha + age) / (alpha + lastAt))
  return 1 / (1 + Math.exp(logOdds))
}

/** Purchases that a new buyer makes in the first `weeks` after the first; (9) of the paper. */
export function expectPurchasesOfNewByBgNbd(model: BgNbd, weeks: number): number {
  return expectWhileAlive(model, 0, 0, weeks)
}

/** Purchases that a known buyer will make in the next `weeks`; (10) of the paper. */
export function expectPurchasesByBgNbd(model: BgNbd, buyer: PurchaseSummary, weeks: number): number {
  return derivePAliveByBgNbd(model, buyer) * expectWhileAlive(model, buyer.repeats, buyer.age, weeks)
}

/**
 * (a + b + x − 1) / (a − 1) · [1 − (1 − z)^(r + x) · ₂F₁(r + x, b + x; a + b + x − 1; z)] with z = t / (α + T + t). The
 * product is at most 1 where its factors are beyond any number, for who bought hundreds of times.
 */
function expectWhileAlive(model: BgNbd, x: number, age: number, weeks: number): number {
  if (weeks === 0) return 0
  const { r, alpha, b } = model
  const a = avoid(model.a, 1)
  const c = avoid(a + b + x - 1, 0)
  const z = weeks / (alpha + age + weeks)
  const { sum, log } = sumHypergeometric(r + x, b + x, c, z)
  const expected = (c / (a - 1)) * (1 - sum * Math.exp(log + (r + x) * Math.log1p(-z)))
  // Where parameters are so far apart that digits are lost: nobody buys more than who never leaves.
  return Math.min(Math.max(expected, 0), ((r + x) / (alpha + age)) * weeks)
}

/** A number, but not so near to a hole that digits are lost in it. */
function avoid(value: number, hole: number): number {
  return Math.abs(value - hole) < NEAR_HOLE ? hole + NEAR_HOLE : value
}

/** Gauss' ₂F₁(a, b; c; z) for 0 ≤ z < 1 by its power series, until terms no longer count: `sum` times e to the `log`. */
function sumHypergeometric(a: number, b: number, c: number, z: number): { readonly sum: number; readonly log: number } {
  let [term, sum, log] = [1, 1, 0]
  for (let n = 0; n < 1_000_000; n += 1) {
    term *= (((a + n) * (b + n)) / ((c + n) * (n + 1))) * z
    sum += term
    if (Math.abs(term) <= 1e-17 * Math.abs(sum)) break
    if (Math.abs(sum) < LARGE) continue
    term /= LARGE
    sum /= LARGE
    log += Math.log(LARGE)
  }
  return { sum, log }
}

function addLogs(left: number, right: number): number {
  const [high, low] = left > right ? [left, right] : [right, left]
  return high + Math.log1p(Math.exp(low - high))
}

function sumOver({ buyers }: GroupedSummaries, values: Float64Array): number {
  return values.reduce((sum, value, n) => sum + value * (buyers[n] as number), 0)
}

function toParameters(logs: readonly number[]): BgNbd {
  const [r, alpha, a, b] = logs.map((log) => Math.exp(log)) as [number, number, number, number]
  return { r, alpha, a, b }
}
