import type { EngineModel } from './engine-model.ts'

export interface LevelSummary {
  readonly label: string
  /** P(level | one person), P(level | strangers), P(level | two of one household), both sides known. */
  readonly m: number
  readonly u: number
  readonly h: number
  /** Evidence for one person against strangers, log2(m / u). */
  readonly weightBits: number
}

export interface ModelSummary {
  /** P(one person), P(one household) of two random records. */
  readonly priorMatch: number
  readonly priorHousehold: number
  /** Probabilities, 0 to 1. */
  readonly thresholds: EngineModel['thresholds']
  readonly comparisons: readonly {
    readonly name: string
    /** Of two people of one household, the share that agree here as one person would, 0 to 1. */
    readonly shared: number
    readonly levels: readonly LevelSummary[]
    /** How many values are common. */
    readonly commonValues: number
  }[]
}

/** What a model believes, for people: everything but the values that are common, which are people's names. */
export function summarizeModel(model: EngineModel): ModelSummary {
  const { priorMatch, priorHousehold, thresholds, comparisons, frequencies } = model
  return {
    priorMatch,
    priorHousehold,
    thresholds,
    comparisons: comparisons.map(({ name, shared, levels }) => ({
      name,
      shared,
      levels: levels.map(({ label, m, u }) => ({
        label,
        m,
        u,
        h: shared * m + (1 - shared) * u,
        weightBits: Math.log2(m / u),
      })),
      commonValues: frequencies.get(name)?.size ?? 0,
    })),
  }
}
