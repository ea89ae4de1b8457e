import { openPartComparing } from './collect-pairs.ts'
import type { Comparison } from './comparison.ts'
import { countLevels, pairUp } from './count-levels.ts'
import { openPairFinding, type RulePairs } from './find-pairs.ts'
import type { KeyColumns } from './key-columns.ts'
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
      /** A job each: what a part of the evidence derives, by name, or the order of rows by what they say (`rankRows`). */
      readonly parts: readonly (EvidencePart | 'order')[]
      readonly ranked: readonly Column[]
    }
  | { readonly kind: 'find'; readonly columns: KeyColumns; readonly space: PairSpace; readonly maxBlock: number }
  | {
      readonly kind: 'compare'
      readonly source: EvidenceSource
      readonly found: readonly RulePairs[]
      readonly space: PairSpace
      /** Rows in canonical order, when levels of all pairs are to be counted too: first so many jobs as there are groups of comparisons (`pairUp`). */
      readonly order?: Int32Array
    }

/** Opens a task: what it answers does one of its jobs, in any thread with the same result. */
export function openTask(task: Task, opened?: readonly Comparison[]): (job: number) => unknown {
  switch (task.kind) {
    case 'derive':
      return (job) => {
        const { source, parts, ranked } = task
        const only = parts[job]!
        if (only === 'order') return rankRows(ranked, source.table.rowCount)
        const derived = new Map<string, unknown>()
        openEvidence(source.table, source.understood, { ...source.options, derived, only })
        return derived
      }
    case 'find':
      return openPairFinding(task.columns, task.space, task.maxBlock)
    case 'compare': {
      const { source, found, space, order } = task
      const comparisons = opened ?? openEvidence(source.table, source.understood, source.options).comparisons
      const comparePart = openPartComparing(comparisons, found)
      const groups = order === undefined ? [] : pairUp(comparisons)
      return (job) =>
        job < groups.length ? countLevels(groups[job]!, space, order!) : comparePart(job - groups.length)
    }
  }
}
