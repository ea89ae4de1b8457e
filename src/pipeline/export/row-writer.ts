import type { ExportedRow } from '../../store/export/read-exported.ts'

/** Writes rows in a format, in the order in which they come. */
export interface RowWriter {
  append(rows: readonly ExportedRow[]): Promise<void>
  /** Writes what is left. Without it what was written is no whole; nothing may be appended after it. */
  end(): Promise<void>
}
