/** Rows in which each code occurred, however often within the row. */
export type IssueTally = ReadonlyMap<string, number>
