import type { ModelSummary } from './summarize-model.ts'

export interface ModelDifference {
  /** A comparison, or `model` for the prior and the thresholds. */
  readonly comparison: string
  readonly level: string
  /** Weight in bits, log2 odds for priors and thresholds; absent where a model does not ask. */
  readonly before?: number
  readonly after?: number
}

/** Smaller differences are not shown: no verdict hangs on a hundredth of a bit. */
const LEAST_BITS = 0.01

/** Where two models weigh differently, in their order. Empty for equal ones. */
export function diffModels(before: ModelSummary, after: ModelSummary): readonly ModelDifference[] {
  const old = listWeights(before)
  const fresh = listWeights(after)
  const names = [...new Set([...old.keys(), ...fresh.keys()])]
  return names.flatMap((name): readonly ModelDifference[] => {
    const x = old.get(name)
    const y = fresh.get(name)
    if (x !== undefined && y !== undefined && Math.abs(x - y) < LEAST_BITS) return []
    const [comparison = '', level = ''] = name.split('\n')
    return [{ comparison, level, ...(x !== undefined && { before: x }), ...(y !== undefined && { after: y }) }]
  })
}

function listWeights({ priorMatch, priorHousehold, thresholds, comparisons }: ModelSummary): Map<string, number> {
  const odds = (share: number): number => Math.log2(share / (1 - share))
  return new Map([
    ['model\nprior of one person', odds(priorMatch)],
    ['model\nprior of one household', odds(priorHousehold)],
    ['model\nmatch from', odds(thresholds.match)],
    ['model\nreview from', odds(thresholds.review)],
    ...comparisons.flatMap(({ name, levels }) =>
      levels.map(({ label, weightBits }): [string, number] => [`${name}\n${label}`, weightBits]),
    ),
  ])
}
