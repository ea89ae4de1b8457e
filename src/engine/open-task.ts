import { openRangeComparing } from './collect-pairs.ts'
import type { Comparison } from './comparison.ts'
import { countLevel } from './count-levels.ts'
import { openRuleGrouping, type BlockRange, type RuleBlocks } from './find-pairs.ts'
import type { KeyMatrix } from './key-matrix.ts'
import { openEvidence, type EvidenceOptions, type EvidencePart } from './open-evidence.ts'
import type { PairSpace } from './pair-space.ts'
import { rankRows } from './rank-rows.ts'
import type { Column, Table } from './table.ts'
import type { UnderstoodColumn } from './understanding.ts'

/** What evidence is opened from: the same in every thread, nothing derived twice. */
export interface EvidenceSource {
  readonly table: Table
  readonly understood: readonly UnderstoodColumn[]
  readonly options: EvidenceOptions
}

/** Work that threads share, a job at a time. All of it can be sent: typed arrays over shared memory and plain objects. */
export type Task =
  | {
      readonly kind: 'derive'
      readonly source: EvidenceSource
      readonly parts: readonly EvidencePart[]
      readonly ranked: readonly Column[]
    }
  | { readonly kind: 'group'; readonly matrix: KeyMatrix; readonly rowCount: number; readonly maxBlock: number }
  | {
      readonly kind: 'compare'
      readonly source: EvidenceSource
      readonly matrix: KeyMatrix
      readonly blocks: readonly RuleBlocks[]
      readonly space: PairSpace
      readonly ranges: readonly BlockRange[]
      /** Rows in canonical order, when levels of all pairs are to be counted too: first one job a comparison. */
      readonly order?: Int32Array
    }

/** Opens a task: what it answers does one of its jobs, in any thread with the same result. */
export function openTask(task: Task, opened?: readonly Comparison[]): (job: number) => unknown {
  switch (task.kind) {
    case 'derive':
      return (job) => {
        const { source, parts, ranked } = task
        const only = parts[job]
        if (only === undefined) return rankRows(ranked, source.table.rowCount)
        const derived = new Map<string, unknown>()
        openEvidence(source.table, source.understood, { ...source.options, derived, only })
        return derived
      }
    case 'group':
      return openRuleGrouping(task.matrix, task.rowCount, task.maxBlock)
    case 'compare': {
      const { source, matrix, blocks, space, ranges, order } = task
      const comparisons = opened ?? openEvidence(source.table, source.understood, source.options).comparisons
      const compareRange = openRangeComparing(comparisons, matrix, blocks, space)
      const counted = order === undefined ? 0 : comparisons.length
      return (job) =>
        job < counted ? countLevel(comparisons[job]!, space, order!) : compareRange(ranges[job - counted]!)
    }
  }
}
