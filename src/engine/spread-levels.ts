import type { Attribute } from './attribute.ts'
import { FREQUENCY_LABELS, LEVEL_PRIORS, type ComparisonKind, type LevelPrior } from './level-priors.ts'

const HARDLY_SHARED: ReadonlySet<ComparisonKind> = new Set(['birth_date', 'email', 'phone', 'identifier'])

/**
 * The levels of a kind with exact agreement told apart by frequency class. How the classes share the prior follows
 * from how common values are: m as the rows are spread over the classes, u as pairs of rows are. Of what people hardly
 * ever share by chance u sums to the kind's belief instead: where rows are few, most that share a number are one
 * person's, and would say that strangers often do.
 */
export function spreadLevels(kind: ComparisonKind, attribute: Attribute, classOf: Uint8Array): readonly LevelPrior[] {
  const { levels } = LEVEL_PRIORS[kind]
  const [exact, ...rest] = levels
  if (exact === undefined) return []
  // Whole numbers until the end, so that the order of values does not show in the last digit.
  const rows = new Float64Array(FREQUENCY_LABELS.length)
  const pairs = new Float64Array(FREQUENCY_LABELS.length)
  let total = 0
  for (let code = 1; code < attribute.counts.length; code++) {
    const count = attribute.counts[code]!
    total += count
    rows[classOf[code]!]! += count
    pairs[classOf[code]!]! += count * count
  }
  const all = Math.max(1, total)
  const allPairs = pairs.reduce((sum, count) => sum + count, 0) || 1
  const scale = HARDLY_SHARED.has(kind) ? exact.u / allPairs : 1 / all / all
  const classes = FREQUENCY_LABELS.map((label, at) => ({
    label,
    m: exact.m * Math.max(rows[at]! / all, 1e-4),
    u: Math.max(pairs[at]! * scale, 1e-9),
  }))
  return [...classes, ...rest]
}

/** Levels that exact agreement takes up once it is spread. */
export const EXACT_LEVELS: number = FREQUENCY_LABELS.length

/** P(both have the same key | level), from what holds for exact agreement and for the named levels; 0 elsewhere. */
export function spreadAgreement(
  levels: readonly LevelPrior[],
  exact: number,
  others: Readonly<Record<string, number>>,
): readonly number[] {
  return levels.map(({ label }, at) => (at < EXACT_LEVELS ? exact : (others[label] ?? 0)))
}
