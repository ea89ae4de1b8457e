/** Rows in which each code occurred, however often within the row. */
export type IssueTally = ReadonlyMap<string, number>

export const EMPTY_TALLY: IssueTally = new Map()
