import type { SqlFragment, Tx } from '../open-store.ts'
import { spellArray } from '../spell-array.ts'
import { endsBefore } from './ends-before.ts'
import type { IdRange } from './plan-ranges.ts'

/** Some profiles: a range of ids, or these. */
export type ProfileSelection = IdRange | readonly string[]

/** Whether the id that `column` holds is selected. */
export function isSelected(tx: Tx, column: SqlFragment, selection: ProfileSelection): SqlFragment {
  return isList(selection)
    ? tx`${column} = ANY(${spellArray(selection)}::uuid[])`
    : tx`${column} >= ${selection.from} AND ${column} ${endsBefore(tx, selection)}`
}

function isList(selection: ProfileSelection): selection is readonly string[] {
  return Array.isArray(selection)
}
