/** Longest row that is read, in bytes, unless told otherwise: far above any honest row, far below any memory. */
export const MAX_ROW_BYTES = 1024 * 1024

/** Most columns of a file, unless told otherwise. */
export const MAX_COLUMNS = 10_000
