/** A row as the reader found it: bytes kept exactly, cells decoded, nothing judged yet. */
export interface ParsedRow {
  /** 0-based position of the row in its delivery, header not counted. */
  readonly rowNo: number
  /** 1-based line of the file where the row starts. */
  readonly line: number
  /** The row's bytes as received, without its line end. */
  readonly raw: Uint8Array
  /** One decoded cell per column of the batch; `null` where the row has none. Empty when `defects` says unreadable. */
  readonly cells: readonly (string | null)[]
  readonly defects: readonly RowDefect[]
}

/**
 * What the reader noticed. `fatal` means the cells cannot be trusted: the row is quarantined.
 * `detail` never carries a value of the row.
 */
export interface RowDefect {
  readonly code:
    | 'row.ragged' // more or fewer cells than columns
    | 'row.too_large' // longer than the reader's limit
    | 'row.unclosed_quote'
    | 'row.bad_quote'
    | 'row.bad_encoding' // bytes that are not valid in the file's encoding
    | 'row.bad_json'
    | 'row.not_an_object'
    | 'row.nul' // a NUL character inside a cell
    | 'row.lone_surrogate'
    | 'row.truncated' // the input ended inside the row
  readonly fatal: boolean
  readonly detail: string
}

/** Rows in file order with the columns they share; later batches of JSON may append columns, never reorder. */
export interface RowBatch {
  readonly columns: readonly string[]
  readonly rows: readonly ParsedRow[]
  /** Where the next batch starts: hand it back to the reader to resume. */
  readonly checkpoint: ReadCheckpoint
}

/** Enough to go on reading: all counts are of what has been delivered so far. */
export interface ReadCheckpoint {
  /** Bytes of the (decompressed) input consumed. */
  readonly byteOffset: number
  readonly rowNo: number
  readonly line: number
  readonly columns: readonly string[]
}
