import type { FittedModel } from './fitted-model.ts'
import { logGamma } from './log-gamma.ts'
import { minimize } from './minimize.ts'

/**
 * Parameters of the Gamma–Gamma model of spending (Fader and Hardie 2013, "The Gamma-Gamma model of monetary value"):
 * what a buyer spends each time is gamma distributed around a mean of their own, which does not depend on how often
 * they buy.
 */
export interface GammaGamma {
  readonly p: number
  readonly q: number
  /** γ of the paper, in the currency's units. */
  readonly v: number
}

/** What one buyer spent on average on `repeats` days of purchase after the first; both above 0. */
export interface RepeatSpending {
  readonly repeats: number
  readonly mean: number
}

/** Fits Gamma–Gamma to the buyers who came back, by maximum likelihood. */
export function fitGammaGamma(buyers: readonly RepeatSpending[]): FittedModel<GammaGamma> {
  const mean = buyers.reduce((sum, buyer) => sum + buyer.mean, 0) / Math.max(buyers.length, 1)
  const start = [Math.log(2), Math.log(2), Math.log(Math.max(mean, Number.MIN_VALUE))]
  const { at, value, converged } = minimize((logs) => -logLikelihoodOfGammaGamma(toParameters(logs), buyers), start)
  return { parameters: toParameters(at), logLikelihood: -value, converged }
}

/** Log-likelihood of buyers, in natural logarithms; (1a) of the paper. */
function logLikelihoodOfGammaGamma({ p, q, v }: GammaGamma, buyers: readonly RepeatSpending[]): number {
  const constant = q * Math.log(v) - logGamma(q)
  let sum = 0
  // Buyers who came as often follow each other mostly, and share what depends on that alone.
  let [known, ofRepeats] = [-1, 0]
  for (const { repeats: x, mean } of buyers) {
    const shape = p * x
    if (x !== known) [known, ofRepeats] = [x, logGamma(shape + q) - logGamma(shape) + constant]
    sum += ofRepeats + (shape - 1) * Math.log(mean) + shape * Math.log(x) - (shape + q) * Math.log(x * mean + v)
  }
  return sum
}

/**
 * What a buyer spends on a day of purchase, expected: their own mean drawn towards everybody's, the more the less often
 * they came back; everybody's without repeats (5 of the paper). Undefined where the mean does not exist (q of 1 or less
 * and no repeats).
 */
export function expectSpending({ p, q, v }: GammaGamma, buyer?: RepeatSpending): number | undefined {
  const { repeats, mean } = buyer ?? { repeats: 0, mean: 0 }
  const denominator = p * repeats + q - 1
  return denominator > 0 ? (p * (v + repeats * mean)) / denominator : undefined
}

function toParameters(logs: readonly number[]): GammaGamma {
  const [p, q, v] = logs.map((log) => Math.exp(log)) as [number, number, number]
  return { p, q, v }
}
