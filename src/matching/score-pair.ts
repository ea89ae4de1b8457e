import { MISSING } from './comparison.ts'
import type { ComparisonVector } from './comparison.ts'
import type { WeightModel } from './model.ts'

export interface ScorePart {
  /** Of the model, or `household`: the correction for what relatives share, the last part if there is one. */
  readonly comparison: string
  readonly level: number
  readonly label: string
  readonly weightBits: number
}

export interface PairScore {
  /** Evidence for one person against two, log2 of the likelihood ratio: the sum of the parts. 0 when all is missing. */
  readonly weightBits: number
  /** Probability, 0 to 1, that the two are one person: prior and evidence together. */
  readonly probability: number
  /** log2 odds of the same. */
  readonly oddsBits: number
  /**
   * Evidence for one person against two who are already known to be connected, as strangers or relatives alike;
   * negative means the records contradict each other, 0 that nothing is known.
   */
  readonly contrastBits: number
  readonly parts: readonly ScorePart[]
}

interface Weights {
  readonly againstStrangers: readonly (readonly number[])[]
  readonly againstHousehold: readonly (readonly number[])[]
  readonly priorBits: number
}

// Models are immutable, so remembering their logarithms by identity changes speed only.
const weightsOf = new WeakMap<WeightModel, Weights>()

/** Below this a share is taken as this: one pair in a billion, so that every weight is finite. */
const LEAST = 1e-9

/**
 * Adds up what the levels say (Fellegi & Sunter 1969), with one refinement: the alternative to one person is a
 * mixture of strangers and household, since relatives share names, addresses and phones together, not by chance
 * each. Finite for any vector; missing levels weigh exactly 0; a better level never lowers the score in a model
 * accepted by `parseModel`.
 */
export function scorePair(vector: ComparisonVector, model: WeightModel): PairScore {
  const weights = weightsOf.get(model) ?? deriveWeights(model)
  const parts: ScorePart[] = []
  let strangersBits = 0
  let householdBits = 0
  for (let i = 0; i < vector.length; i++) {
    const level = vector[i]!
    if (level === MISSING) continue
    const comparison = model.comparisons[i]!
    const weightBits = weights.againstStrangers[i]![level]!
    strangersBits += weightBits
    householdBits += weights.againstHousehold[i]![level]!
    parts.push({ comparison: comparison.name, level, label: comparison.levels[level]!.label, weightBits })
  }
  const share = model.priorPairHousehold
  const correctionBits = share === 0 ? 0 : -mixBits(1 - share, share, strangersBits - householdBits)
  if (correctionBits !== 0) {
    parts.push({ comparison: 'household', level: 0, label: 'could be relatives', weightBits: correctionBits })
  }
  const weightBits = strangersBits + correctionBits
  const oddsBits = weightBits + weights.priorBits
  const contrastBits = share === 0 ? strangersBits : strangersBits - mixBits(0.5, 0.5, strangersBits - householdBits)
  return { weightBits, probability: 1 / (1 + 2 ** -oddsBits), oddsBits, contrastBits, parts }
}

/** log2(a + b · 2^x), without overflow. */
function mixBits(a: number, b: number, x: number): number {
  return x > 0 ? x + Math.log2(a * 2 ** -x + b) : Math.log2(a + b * 2 ** x)
}

function deriveWeights(model: WeightModel): Weights {
  const bits = (m: number, other: number) => Math.log2(Math.max(m, LEAST) / Math.max(other, LEAST))
  const weights: Weights = {
    againstStrangers: model.comparisons.map(({ levels }) => levels.map(({ m, u }) => bits(m, u))),
    againstHousehold: model.comparisons.map(({ levels }) => levels.map(({ m, u, h }) => bits(m, h ?? u))),
    priorBits: Math.log2(model.priorPairMatch / (1 - model.priorPairMatch)),
  }
  weightsOf.set(model, weights)
  return weights
}
