import { chooseRules, type RuleChoice } from './choose-rules.ts'
import { collectPairs, type Candidates } from './collect-pairs.ts'
import type { Comparison } from './comparison.ts'
import { countLevels, pairUp, type LevelCounts } from './count-levels.ts'
import type { EngineModel } from './engine-model.ts'
import type { Evidence } from './evidence.ts'
import { countAllPairs, type PairSpace } from './pair-space.ts'
import { openTexts } from './texts.ts'
import { trainModel, type Training } from './train-model.ts'

export interface LearnedModel {
  readonly model: EngineModel
  readonly training: Training
  readonly choice: RuleChoice
  /** What training looked at, to be scored without looking again. */
  readonly candidates: Candidates
}

/**
 * Even odds: with calibrated probabilities, joining at one half is right more often than not, and the mean over
 * whole clusters decides in the end. Pairs from one in ten on are worth a look.
 */
const THRESHOLDS = { match: 0.5, review: 0.1 }
/** Rows that may share a key. */
export const MOST_ROWS_A_KEY = 1000
/** Candidates that may be compared: small files get all they need, large ones so many a row. */
const LEAST_BUDGET = 3_000_000
const BUDGET_A_ROW = 20

/**
 * Learns from rows without labels: chooses rules, compares the candidates they find, and fits the mixture to what
 * those show. `order` makes it a function of the set of rows (see `rankRows`). Deterministic.
 */
export function learnModel(evidence: Evidence, space: PairSpace, order: Int32Array): LearnedModel {
  const { comparisons } = evidence
  const choice = chooseModelRules(evidence, order)
  const rules = choice.rules.map(({ rule }) => rule)
  const candidates = collectPairs(comparisons, rules, space, MOST_ROWS_A_KEY)
  const counted = pairUp(comparisons).flatMap((group) => countLevels(group, space, order))
  return fitModel(evidence, space, choice, candidates, counted)
}

/** The rules that are worth their pairs, as many pairs as a table of that size may cost. */
export function chooseModelRules(evidence: Evidence, order: Int32Array): RuleChoice {
  return chooseRules(
    evidence,
    evidence.comparisons.map(({ levels }) => levels.map(({ m }) => m)),
    order,
    Math.max(LEAST_BUDGET, BUDGET_A_ROW * order.length),
  )
}

/** Fits the mixture to what candidates show, given how often each level is met among all pairs. */
export function fitModel(
  { comparisons }: Evidence,
  space: PairSpace,
  choice: RuleChoice,
  candidates: Candidates,
  counted: readonly LevelCounts[],
): LearnedModel {
  const rules = choice.rules.map(({ rule }) => rule)
  const training = trainModel({
    comparisons,
    patterns: candidates.patterns,
    counted,
    allPairs: Math.max(1, countAllPairs(space)),
    rowCount: space.rowCount,
    rules,
    expectedRecall: choice.expectedRecall,
  })
  const model: EngineModel = {
    ...training.model,
    thresholds: THRESHOLDS,
    rules: rules.map(({ name }) => name),
    frequencies: new Map(comparisons.map((comparison) => [comparison.name, listCommon(comparison)])),
  }
  return { model, training, choice, candidates }
}

function listCommon({ classOf, keys }: Comparison): ReadonlyMap<string, number> {
  const common = new Map<string, number>()
  if (classOf === undefined || keys === undefined) return common
  const textOf = openTexts(keys)
  for (let code = 1; code < classOf.length; code++) if (classOf[code]! > 0) common.set(textOf(code), classOf[code]!)
  return common
}
