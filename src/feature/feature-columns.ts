import type { FeatureRow } from './feature-row.ts'
import { listFeatures } from './features.ts'

/** The features that are computed of a person alone, in the order of the columns. */
export const COMPUTED = listFeatures('person')

/**
 * Features that were computed of people, a column each: numbers side by side cost no object a person while others are
 * computed. NaN is what a person has none of.
 */
export interface FeatureColumns {
  readonly profileIds: string[]
  /** Until when time alone does not change them: ms since 1970, Infinity for ever. */
  readonly staleAt: Float64Array
  /** As `COMPUTED` lists them. */
  readonly columns: readonly Float64Array[]
}

/** Columns for so many people at most. */
export function openFeatureColumns(people: number): FeatureColumns {
  const open = (): Float64Array => new Float64Array(people)
  return { profileIds: [], staleAt: open(), columns: COMPUTED.map(open) }
}

/** Writes one more person's features below those that are there. */
export function appendFeatures({ profileIds, staleAt, columns }: FeatureColumns, row: FeatureRow, until: number): void {
  const place = profileIds.length
  profileIds.push(row.profileId)
  staleAt[place] = until
  for (let n = 0; n < COMPUTED.length; n += 1) columns[n]![place] = row[COMPUTED[n]![0]] ?? Number.NaN
}
