import type { Issue } from '../quality/issue.ts'
import type { NormalizedEvent, NormalizedRecord } from './normalized-record.ts'

/** One row in the shared vocabulary: whose it is, what happened, and what was wrong with it. */
export interface NormalizedRow {
  /** The source's own id of the row; several key columns are joined by `|`. */
  readonly recordKey?: string
  readonly updatedAt?: Date
  /** Empty arrays throughout when the row could not be read. */
  readonly person: NormalizedRecord
  /** Absent for sources of people, and when the row's time is missing or unreadable. */
  readonly event?: NormalizedEvent
  readonly issues: readonly Issue[]
}
