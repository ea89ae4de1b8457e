import type { Reading } from './reading.ts'

/**
 * What the names of a delivery's rows depend on: read as another kind, or with other columns as the key, the same row
 * has another record id. Equal readings give equal texts, in any order of columns.
 */
export function deriveNaming({ kind, columns }: Pick<Reading, 'kind' | 'columns'>): string {
  const keys = Object.keys(columns).filter((column) => columns[column] === 'record_key')
  return JSON.stringify([kind, ...keys.sort()])
}
