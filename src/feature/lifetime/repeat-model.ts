import { type BgNbd, derivePAliveByBgNbd, expectPurchasesByBgNbd, fitBgNbd } from './bg-nbd.ts'
import type { FittedModel } from './fitted-model.ts'
import { derivePAliveByParetoNbd, expectPurchasesByParetoNbd, fitParetoNbd, type ParetoNbd } from './pareto-nbd.ts'
import type { GroupedSummaries, PurchaseSummary } from './purchase-summary.ts'

/** The models of repeat buying, by the name that settings use. */
export const REPEAT_MODELS = ['bg_nbd', 'pareto_nbd'] as const
export type RepeatModelName = (typeof REPEAT_MODELS)[number]

/** Either model of repeat buying, fitted: what both can tell of a buyer. */
export interface RepeatModel {
  readonly name: RepeatModelName
  readonly fitted: FittedModel<BgNbd | ParetoNbd>
  /** The chance that a buyer still buys, 0 to 1. */
  readonly pAlive: (buyer: PurchaseSummary) => number
  /** Days of purchase to come in the next `weeks`. */
  readonly expect: (buyer: PurchaseSummary, weeks: number) => number
}

/** Fits a model of repeat buying to buyers by maximum likelihood. */
export function fitRepeatModel(name: RepeatModelName, buyers: GroupedSummaries): RepeatModel {
  return openRepeatModel(name, name === 'bg_nbd' ? fitBgNbd(buyers) : fitParetoNbd(buyers))
}

/** A model of repeat buying as it was fitted, with parameters of that model. */
export function openRepeatModel(name: RepeatModelName, fitted: FittedModel<BgNbd | ParetoNbd>): RepeatModel {
  if (name === 'bg_nbd') {
    const parameters = fitted.parameters as BgNbd
    return {
      name,
      fitted,
      pAlive: (buyer) => derivePAliveByBgNbd(parameters, buyer),
      expect: (buyer, weeks) => expectPurchasesByBgNbd(parameters, buyer, weeks),
    }
  }
  const parameters = fitted.parameters as ParetoNbd
  return {
    name,
    fitted,
    pAlive: (buyer) => derivePAliveByParetoNbd(parameters, buyer),
    expect: (buyer, weeks) => expectPurchasesByParetoNbd(parameters, buyer, weeks),
  }
}
