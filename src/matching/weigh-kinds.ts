import type { TrainedModel } from '../engine/trained-model.ts'
import { MISSING } from './comparison.ts'

/** How likely a pair is of each kind, together 1. */
export interface KindShares {
  readonly same: number
  readonly household: number
  readonly strangers: number
}

/** Of which kind a pair of these levels is, by a trained model: prior times how often each kind shows such levels. */
export function weighKinds(model: TrainedModel, levels: ArrayLike<number>): KindShares {
  let same = model.priorMatch
  let household = model.priorHousehold
  let strangers = 1 - same - household
  for (const [at, { levels: known, shared }] of model.comparisons.entries()) {
    const level = levels[at] ?? MISSING
    const found = level === MISSING ? undefined : known[level]
    if (found === undefined) continue
    same *= found.m
    household *= shared * found.m + (1 - shared) * found.u
    strangers *= found.u
  }
  const total = same + household + strangers
  return { same: same / total, household: household / total, strangers: strangers / total }
}
