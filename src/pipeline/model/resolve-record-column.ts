import { RECORD_COLUMNS } from '../../engine/open-record-table.ts'
import { findHeaderField } from '../../source/find-header-field.ts'

const NAMES: ReadonlySet<string> = new Set(RECORD_COLUMNS.map(({ name }) => name))

/** The column of records that another table's column means, `surname` being `family_name`; undefined for none of them. */
export function resolveRecordColumn(column: string): string | undefined {
  if (NAMES.has(column)) return column
  const field = findHeaderField(column)
  if (field === undefined) return undefined
  return [field, `${field}_1`].find((name) => NAMES.has(name))
}
