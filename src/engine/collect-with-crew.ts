import { joinRanges, type Candidates, type ComparedRange } from './collect-pairs.ts'
import type { Comparison, KeyRule } from './comparison.ts'
import type { LevelCounts } from './count-levels.ts'
import { cutRanges, type RuleBlocks } from './find-pairs.ts'
import { fillKeyMatrix } from './key-matrix.ts'
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
  const matrix = fillKeyMatrix(rules, rowCount)
  const blocks = await crew.run<RuleBlocks>({ kind: 'group', matrix, rowCount, maxBlock }, rules.length)
  const ranges = cutRanges(blocks)
  const counting = order === undefined ? 0 : comparisons.length
  const jobs = counting + ranges.length
  const results = await crew.run<LevelCounts | ComparedRange>(
    { kind: 'compare', source, matrix, blocks, space, ranges, ...(order && { order }) },
    jobs,
    comparisons,
    (taken) => onShare?.(taken / jobs),
  )
  return {
    candidates: joinRanges(rules, blocks, ranges, results.slice(counting) as ComparedRange[], comparisons.length),
    counted: results.slice(0, counting) as LevelCounts[],
  }
}
