import { deriveSeverity } from '../quality/derive-severity.ts'
import type { Issue, Severity } from '../quality/issue.ts'
import type { MappedColumn } from './mapping-plan.ts'
import type { Identifier, NormalizedEvent, NormalizedRecord } from './normalized-record.ts'
import type { Writable } from './writable.ts'

/** A row while its cells are being read; the first usable cell of a field wins, lists collect all. */
export interface RowDraft {
  readonly issues: Issue[]
  readonly display: Record<string, string>
  readonly keys: string[]
  readonly emails: string[]
  readonly phones: string[]
  readonly identifiers: Identifier[]
  readonly person: Partial<Writable<Omit<NormalizedRecord, 'emails' | 'phones' | 'identifiers' | 'display'>>>
  readonly event: Partial<Writable<NormalizedEvent>>
  /** The country the row itself names: its telephone numbers are dialled there. */
  region: string | undefined
  updatedAt: Date | undefined
  deleted: boolean
  deletedAt: Date | undefined
  middle: readonly string[] | undefined
  fullName: string | undefined
  /** Whether any part of an address was read; the parts are in `display`. */
  placed: boolean
}

/** Starts an empty draft, all its properties present so that every row has the same shape in the engine. */
export function createRowDraft(): RowDraft {
  return {
    issues: [],
    display: {},
    keys: [],
    emails: [],
    phones: [],
    identifiers: [],
    person: {},
    event: {},
    region: undefined,
    updatedAt: undefined,
    deleted: false,
    deletedAt: undefined,
    middle: undefined,
    fullName: undefined,
    placed: false,
  }
}

/** Adds what was found in a cell; the code is spelled with the column's field, `quantity.invalid`. */
export function addIssue(draft: RowDraft, cell: MappedColumn, finding: string, severity?: Severity): void {
  const code = `${cell.field}.${finding.slice(finding.indexOf('.') + 1)}`
  draft.issues.push({ code, field: cell.field, column: cell.column, severity: severity ?? deriveSeverity(code) })
}
