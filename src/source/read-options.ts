import type { ReadCheckpoint } from '../record/parsed-row.ts'
import type { FormatSettings } from './file-format.ts'

export interface ReadOptions {
  readonly format?: FormatSettings
  /** Rows a batch, at least 1. Default 5,000; a batch also ends at `maxBatchBytes`. */
  readonly batchRows?: number
  /** Estimated bytes a batch may hold (raw bytes and cells) before it is handed over. Default 16 MiB. */
  readonly maxBatchBytes?: number
  /** Longest row that is read, in bytes; what is longer is cut off as `row.too_large`. Default 1 MiB. */
  readonly maxRowBytes?: number
  /** Most columns of a file. Default 10,000. */
  readonly maxColumns?: number
  /** Bytes read at once. Default 1 MiB. Never changes the rows. */
  readonly pieceBytes?: number
  /** Decompressed bytes for each compressed byte beyond which a gzip file is refused. Default: no limit. */
  readonly maxInflateRatio?: number
  /** Decompressed bytes beyond which a gzip file is refused. Default: no limit. */
  readonly maxInflatedBytes?: number
  /** Go on where an earlier batch ended. The file and the format settings must be the same. */
  readonly checkpoint?: ReadCheckpoint
  readonly signal?: AbortSignal
  /** Told what is odd about the file as a whole, at most once each per read. */
  readonly onNotice?: (notice: FileNotice) => void
}

/** Something about the file, not about one row. `detail` names positions and counts, never a cell. */
export interface FileNotice {
  readonly code:
    | 'header.duplicate' // a column name was used twice and got a number
    | 'header.empty' // a column had no name and is called column_N
    | 'header.missing' // the first row was taken for values
    | 'json.envelope' // rows were found inside an object, the rest of which is ignored
  readonly detail: string
}
