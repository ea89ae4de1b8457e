import type { SqlFragment, Tx } from '../open-store.ts'
import { type IdRange, LAST_ID } from './plan-ranges.ts'

/** The upper side of a range. */
export function endsBefore(tx: Tx, range: IdRange): SqlFragment {
  const to = range['to']
  return to === undefined ? tx`<= ${LAST_ID}` : tx`< ${to}`
}
