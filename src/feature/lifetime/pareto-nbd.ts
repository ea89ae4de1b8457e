import type { FittedModel } from './fitted-model.ts'
import { logGamma } from './log-gamma.ts'
import { minimize } from './minimize.ts'
import type { GroupedSummaries, PurchaseSummary } from './purchase-summary.ts'

/**
 * Parameters of the Pareto/NBD model (Schmittlein, Morrison and Colombo 1987): a buyer's rate of buying is gamma
 * distributed (shape `r`, `alpha` weeks), the rate of leaving too, at any time (shape `s`, `beta` weeks).
 */
export interface ParetoNbd {
  readonly r: number
  readonly alpha: number
  readonly s: number
  readonly beta: number
}

/** Below e⁻³² of where it begins, what is integrated no longer counts in double precision. */
const MOST_DECAY = 32

/** Nodes and weights of Gauss–Legendre quadrature on 0 to 1; 24 integrate what decays by `MOST_DECAY` to 1e-15. */
const RULE = deriveGaussLegendre(24)

/** Fits Pareto/NBD to buyers by maximum likelihood. Order-free. */
export function fitParetoNbd(buyers: GroupedSummaries): FittedModel<ParetoNbd> {
  let [repeats, weeks, count] = [0, 0, 0]
  for (const [n, many] of buyers.buyers.entries()) {
    repeats += many * (buyers.repeats[n] as number)
    weeks += many * (buyers.age[n] as number)
    count += many
  }
  const typical = Math.log(Math.max(weeks / Math.max(count, 1), 1))
  const start = [0, Math.log(Math.max(weeks, 1) / Math.max(repeats, 1)), 0, typical]
  const { at, value, converged } = minimize((logs) => -logLikelihoodOfParetoNbd(toParameters(logs), buyers), start)
  return { parameters: toParameters(at), logLikelihood: -value, converged }
}

/** Log-likelihood of buyers, in natural logarithms (Fader and Hardie 2005, "A note on deriving the Pareto/NBD"). */
export function logLikelihoodOfParetoNbd(model: ParetoNbd, buyers: GroupedSummaries): number {
  const { r, alpha, s, beta } = model
  const constant = r * Math.log(alpha) + s * Math.log(beta) - logGamma(r)
  let sum = 0
  for (let n = 0; n < buyers.repeats.length; n += 1) {
    const [x, lastAt, age] = [buyers.repeats[n] as number, buyers.lastAt[n] as number, buyers.age[n] as number]
    const alive = -(r + x) * Math.log(alpha + age) - s * Math.log(beta + age)
    const logOdds = logOddsOfHavingLeft(model, { repeats: x, lastAt, age })
    sum += (buyers.buyers[n] as number) * (constant + logGamma(r + x) + alive + addOne(logOdds))
  }
  return sum
}

/** ln(1 + eˣ), also where eˣ is beyond a number. */
function addOne(x: number): number {
  return x > 36 ? x : Math.log1p(Math.exp(x))
}

/** The chance that a buyer still buys, 0 to 1. */
export function derivePAliveByParetoNbd(model: ParetoNbd, buyer: PurchaseSummary): number {
  return 1 / (1 + Math.exp(logOddsOfHavingLeft(model, buyer)))
}

/** Purchases that a known buyer will make in the next `weeks`. */
export function expectPurchasesByParetoNbd(model: ParetoNbd, buyer: PurchaseSummary, weeks: number): number {
  const rate = (model.r + buyer.repeats) / (model.alpha + buyer.age)
  return derivePAliveByParetoNbd(model, buyer) * rate * expectStay(model, buyer.age, weeks)
}

/** Weeks that somebody alive at `age` stays of the next `weeks`; also for `s` of 1, where the usual form divides by 0. */
function expectStay({ s, beta }: ParetoNbd, age: number, weeks: number): number {
  const exponent = (s - 1) * Math.log((beta + age) / (beta + age + weeks))
  const share = s === 1 ? Math.log((beta + age + weeks) / (beta + age)) : -Math.expm1(exponent) / (s - 1)
  return (beta + age) * share
}

/**
 * ln of s · (α + T)^(r + x) · (β + T)^s · ∫ (α + y)^−(r + x) · (β + y)^−(s + 1) dy from the last purchase to T: leaving
 * at y after the last purchase, against staying. The usual difference of two ₂F₁ loses all digits when the last
 * purchase was just now; an integral of what is positive does not. Over u = ln(min(α, β) + y) it is smooth.
 */
function logOddsOfHavingLeft({ r, alpha, s, beta }: ParetoNbd, { repeats, lastAt, age }: PurchaseSummary): number {
  if (age <= lastAt) return -Infinity
  const shape = r + repeats
  const base = Math.min(alpha, beta)
  const logRate = (y: number): number =>
    -shape * Math.log((alpha + y) / (alpha + lastAt)) - (s + 1) * Math.log((beta + y) / (beta + lastAt))
  const end = findEnd(logRate, lastAt, age)
  const length = Math.log((base + end) / (base + lastAt))
  let integral = 0
  for (const { node, weight } of RULE) {
    const grown = (base + lastAt) * Math.exp(length * node)
    integral += weight * length * grown * Math.exp(logRate(grown - base))
  }
  const last = shape * Math.log((alpha + age) / (alpha + lastAt)) + s * Math.log((beta + age) / (beta + lastAt))
  return Math.log(s) + last - Math.log(beta + lastAt) + Math.log(integral)
}

/** Where a rate that falls from 1 (its logarithm from 0) at `from` no longer counts, `to` at the latest. */
function findEnd(logRate: (y: number) => number, from: number, to: number): number {
  if (logRate(to) >= -MOST_DECAY) return to
  let [low, high] = [from, to]
  // To within a part in 65,536 is near enough: what is left out is below 1e-13.
  for (let step = 0; step < 16; step += 1) {
    const middle = (low + high) / 2
    if (logRate(middle) >= -MOST_DECAY) low = middle
    else high = middle
  }
  return high
}

/** Gauss–Legendre on 0 to 1: the roots of the Legendre polynomial by Newton's method. */
function deriveGaussLegendre(count: number): { readonly node: number; readonly weight: number }[] {
  return Array.from({ length: count }, (_, index) => {
    let root = Math.cos((Math.PI * (index + 0.75)) / (count + 0.5))
    let slope = 0
    for (let step = 0; step < 50; step += 1) {
      let [previous, current] = [1, root]
      for (let degree = 2; degree <= count; degree += 1)
        [previous, current] = [current, ((2 * degree - 1) * root * current - (degree - 1) * previous) / degree]
      slope = (count * (root * current - previous)) / (root * root - 1)
      const move = current / slope
      root -= move
      if (Math.abs(move) < 1e-15) break
    }
    return { node: (1 - root) / 2, weight: 1 / ((1 - root * root) * slope * slope) }
  })
}

function toParameters(logs: readonly number[]): ParetoNbd {
  const [r, alpha, s, beta] = logs.map((log) => Math.exp(log)) as [number, number, number, number]
  return { r, alpha, s, beta }
}
