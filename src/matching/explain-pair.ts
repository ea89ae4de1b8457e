import type { NormalizedRecord } from '../record/normalized-record.ts'
import { judgePair } from './judge-pair.ts'
import type { Judgement, JudgementRules } from './judge-pair.ts'
import type { WeightModel } from './model.ts'

export interface ExplainedLine {
  readonly comparison: string
  readonly label: string
  readonly weightBits: number
  /** What the model holds before comparing, with this line and all before it, log2 odds. */
  readonly runningBits: number
  /** How common a value is that both have, where the model tells: `common`, `below 1 in 256`. */
  readonly frequency?: string
}

export interface PairExplanation {
  /** What was decided and why, in one sentence. */
  readonly sentence: string
  readonly judgement: Judgement
  readonly modelVersion: string
  /** One line per comparison of the model, silent ones as `missing` with 0 bits, then the household correction. */
  readonly lines: readonly ExplainedLine[]
  /** What the model holds before comparing, and the same with all lines added, log2 odds. */
  readonly priorBits: number
  readonly totalBits: number
  /** log2 odds from which a pair is a match, and from which it goes to review. */
  readonly matchBits: number
  readonly reviewBits: number
}

/** How a trained model calls exact agreement, told apart by how common the value is. */
const FREQUENCY = /^exact, (.+)$/

/**
 * Says why two records match, or why not, for people. Carries labels and numbers, never a value of a record.
 * `priorBits` and all lines sum to `totalBits`; the sentence and the judgement cannot disagree.
 */
export function explainPair(a: NormalizedRecord, b: NormalizedRecord, rules: JudgementRules): PairExplanation {
  const model = rules.scorer?.model ?? rules.model
  const judgement = judgePair(a, b, rules)
  const parts = new Map(judgement.score.parts.map((part) => [part.comparison, part]))
  const { oddsBits, weightBits } = judgement.score
  const lines: ExplainedLine[] = []
  let runningBits = oddsBits - weightBits
  const addLine = (comparison: string, label: string, bits: number): void => {
    runningBits += bits
    const frequency = FREQUENCY.exec(label)?.[1]
    lines.push({ comparison, label, weightBits: bits, runningBits, ...(frequency !== undefined && { frequency }) })
  }
  for (const { name } of model.comparisons) {
    const part = parts.get(name)
    addLine(name, part?.label ?? 'missing', part?.weightBits ?? 0)
  }
  const household = parts.get('household')
  if (household !== undefined) addLine('household', household.label, household.weightBits)
  return {
    sentence: sentenceOf(judgement, model),
    judgement,
    modelVersion: model.version,
    lines,
    priorBits: oddsBits - weightBits,
    totalBits: oddsBits,
    matchBits: toBits(model.thresholds.match),
    reviewBits: toBits(model.thresholds.review),
  }
}

function sentenceOf(judgement: Judgement, model: WeightModel): string {
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`
  const said: Readonly<Record<Judgement['verdict'], string>> = {
    match: 'The records are taken as one person',
    review: 'Somebody should look at the records',
    distinct: 'The records are kept apart',
  }
  const start = said[judgement.verdict]
  if (judgement.because === 'decision') return `${start} because a person decided so; no score changes that.`
  if (judgement.identifierKind !== undefined) {
    const kind = judgement.identifierKind.replaceAll('_', ' ')
    return `${start} because they share ${/^[aeio]/.test(kind) ? 'an' : 'a'} ${kind}, which links by policy and is not contradicted where that matters.`
  }
  if (judgement.score.parts.length === 0) return `${start} because they have nothing to compare.`
  const { verdict } = judgement
  const { probability, parts } = judgement.score
  const heaviest = parts
    .filter((part) => (judgement.verdict === 'distinct' ? part.weightBits < 0 : part.weightBits > 0))
    .sort((x, y) => Math.abs(y.weightBits) - Math.abs(x.weightBits))
    .slice(0, 2)
    .map((part) => `${part.comparison.replaceAll('_', ' ')} ${part.label.replaceAll('_', ' ')}`)
  const mostly = heaviest.length === 0 ? '' : `; what weighs most is ${heaviest.join(' and ')}`
  const { match, review } = model.thresholds
  if (verdict === 'review' && probability >= match) {
    return `${start}: a probability of ${percent(probability)} would do, but names or birth dates contradict${mostly}.`
  }
  const bound =
    judgement.verdict === 'match'
      ? `at or above ${percent(match)}`
      : judgement.verdict === 'review'
        ? `between ${percent(review)} and ${percent(match)}`
        : `below ${percent(review)}`
  return `${start}: a probability of ${percent(probability)} is ${bound}${mostly}.`
}

function toBits(probability: number): number {
  return Math.log2(probability / (1 - probability))
}
