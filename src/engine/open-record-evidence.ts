import type { Evidence } from './evidence.ts'
import { openEvidence } from './open-evidence.ts'
import { RECORD_COLUMNS } from './open-record-table.ts'
import type { Table } from './table.ts'

/** Years have four digits in records, so that this is never asked. */
const PIVOT_YEAR = 2099

/**
 * Opens a table of records for comparing: always the same comparisons. With a model's `frequencies` the levels of a
 * pair depend on its two records alone; without, how common a value is counts in the table.
 */
export function openRecordEvidence(
  table: Table,
  frequencies?: ReadonlyMap<string, ReadonlyMap<string, number>>,
): Evidence {
  return openEvidence(table, RECORD_COLUMNS, {
    pivotYear: PIVOT_YEAR,
    areColumnsFixed: true,
    ...(frequencies && { frequencies }),
  })
}
