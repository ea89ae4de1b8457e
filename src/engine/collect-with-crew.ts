import { joinParts, type Candidates, type ComparedPart } from './collect-pairs.ts'
import type { Comparison, KeyRule } from './comparison.ts'
import { pairUp, type LevelCounts } from './count-levels.ts'
import { ROWS_A_PART, type RulePairs } from './find-pairs.ts'
import { fillKeyColumns } from './key-columns.ts'
import type { Crew } from './crew.ts'
import type { EvidenceSource } from './open-task.ts'
import type { PairSpace } from './pair-space.ts'

export interface CrewWork {
  readonly crew: Crew
  readonly source: EvidenceSource
  /** The source's, opened in this thread. */
  readonly comparisons: readonly Comparison[]
  /** Told the share of the work that is taken, 0 to 1. */
  readonly onShare?: (share: number) => void
}

/** Share of the work that is finding pairs, measured on a million people; the rest is comparing them. */
const FINDING = 0.3

/**
 * What `collectPairs` gives, by all threads of a crew, and with `order` how often each level is met among all pairs.
 * The same for any number of threads.
 */
export async function collectWithCrew(
  { crew, source, comparisons, onShare }: CrewWork,
  rules: readonly KeyRule[],
  space: PairSpace,
  maxBlock: number,
  order?: Int32Array,
): Promise<{ readonly candidates: Candidates; readonly counted: readonly LevelCounts[] }> {
  const { rowCount } = space
  const columns = fillKeyColumns(rules, rowCount)
  const found = await crew.run<RulePairs>(
    { kind: 'find', columns, space, maxBlock },
    rules.length,
    undefined,
    (taken) => onShare?.((taken / rules.length) * FINDING),
  )
  const counting = order === undefined ? 0 : pairUp(comparisons).length
  const jobs = counting + Math.ceil(rowCount / ROWS_A_PART)
  const results = await crew.run<readonly LevelCounts[] | ComparedPart>(
    { kind: 'compare', source, found, space, ...(order && { order }) },
    jobs,
    comparisons,
    (taken) => onShare?.(FINDING + (taken / jobs) * (1 - FINDING)),
  )
  return {
    candidates: joinParts(rules, found, results.slice(counting) as ComparedPart[], comparisons.length),
    counted: (results.slice(0, counting) as (readonly LevelCounts[])[]).flat(),
  }
}
