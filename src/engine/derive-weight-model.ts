import type { WeightModel } from '../matching/model.ts'
import type { EngineModel } from './engine-model.ts'

/**
 * The model as `scorePair` reads it, which explains what it adds up. Of two random records that are not one person,
 * the household's share; h of a level is m as often as the comparison is shared, else u.
 */
export function deriveWeightModel(model: EngineModel, version: string): WeightModel {
  return {
    version,
    priorPairMatch: model.priorMatch,
    priorPairHousehold: model.priorHousehold / (1 - model.priorMatch),
    thresholds: model.thresholds,
    comparisons: model.comparisons.map(({ name, shared, levels }) => ({
      name,
      levels: levels.map(({ label, m, u }) => ({ label, m, u, h: shared * m + (1 - shared) * u })),
    })),
  }
}
