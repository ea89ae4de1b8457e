import type { Verdict } from './judge.ts'

/** A pair that a person judged, and what a model makes of it. */
export interface JudgedLabel {
  readonly isSame: boolean
  /** What the pair alone is judged to be, identifiers and contradictions included. */
  readonly verdict: Verdict
  /** By the score alone, 0 to 1. */
  readonly probability: number
}

/** A share with the interval that holds the true one in 95 of 100 samples (Wilson 1927); undefined of nothing. */
export interface Share {
  readonly share: number
  readonly low: number
  readonly high: number
  readonly of: number
}

export interface LabelMeasure {
  readonly labels: number
  readonly same: number
  /** Labels by what is judged and what people said. */
  readonly judged: Readonly<Record<Verdict, { readonly same: number; readonly different: number }>>
  /** Of what is judged a match, how much people say so; of what people say is one person, how much is. */
  readonly precision: Share | undefined
  readonly recall: Share | undefined
  /** What other thresholds of the score alone would give. */
  readonly thresholds: readonly {
    readonly match: number
    readonly precision: Share | undefined
    readonly recall: Share | undefined
    readonly f1: number | undefined
  }[]
  /** Expected against observed, by probability: a calibrated model says what people say. */
  readonly calibration: readonly {
    readonly from: number
    readonly to: number
    readonly labels: number
    readonly expected: number
    readonly observed: number
  }[]
}

const THRESHOLDS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99]
const BINS = [0, 0.02, 0.1, 0.25, 0.5, 0.75, 0.9, 0.98, 1]

/** How far judgements agree with labels. Of the labelled pairs only: what nobody labelled is not known. */
export function measureLabels(labels: readonly JudgedLabel[]): LabelMeasure {
  const count = (test: (label: JudgedLabel) => boolean): number => labels.filter(test).length
  const same = count(({ isSame }) => isSame)
  const judged = (verdict: Verdict): { same: number; different: number } => ({
    same: count((label) => label.verdict === verdict && label.isSame),
    different: count((label) => label.verdict === verdict && !label.isSame),
  })
  const match = judged('match')
  return {
    labels: labels.length,
    same,
    judged: { match, review: judged('review'), distinct: judged('distinct') },
    precision: deriveShare(match.same, match.same + match.different),
    recall: deriveShare(match.same, same),
    thresholds: THRESHOLDS.map((threshold) => {
      const right = count(({ isSame, probability }) => isSame && probability >= threshold)
      const found = count(({ probability }) => probability >= threshold)
      const f1 = found + same === 0 ? undefined : (2 * right) / (found + same)
      return { match: threshold, precision: deriveShare(right, found), recall: deriveShare(right, same), f1 }
    }),
    calibration: BINS.slice(1).flatMap((to, at) => {
      const from = BINS[at]!
      const within = labels.filter(({ probability: p }) => p >= from && (p < to || to === 1))
      if (within.length === 0) return []
      const expected = within.reduce((sum, { probability }) => sum + probability, 0) / within.length
      const observed = within.filter(({ isSame }) => isSame).length / within.length
      return [{ from, to, labels: within.length, expected, observed }]
    }),
  }
}

/** Two-sided 95 %. */
const Z = 1.959963984540054

function deriveShare(part: number, of: number): Share | undefined {
  if (of === 0) return undefined
  const share = part / of
  const centre = (share + Z ** 2 / (2 * of)) / (1 + Z ** 2 / of)
  const half = (Z / (1 + Z ** 2 / of)) * Math.sqrt((share * (1 - share)) / of + Z ** 2 / (4 * of ** 2))
  return { share, low: Math.max(0, centre - half), high: Math.min(1, centre + half), of }
}
