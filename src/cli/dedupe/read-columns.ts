import { openTableBuilder } from '../../engine/open-table-builder.ts'
import type { Table } from '../../engine/table.ts'
import { readPlainCsv } from '../../source/read-plain-csv.ts'

/** Files that are plain tables as far as their beginning tells, and which of their columns to read. */
export interface Reading {
  readonly files: readonly { readonly path: string; readonly columns: readonly string[] }[]
  /** Names of the columns to keep; all when absent. */
  readonly own?: readonly string[]
}

/** Reads columns straight from the bytes; undefined when a file turns out to be no plain table beyond doubt. */
export async function readColumns(
  { files, own }: Reading,
  onRows: (rows: number) => void = () => {},
): Promise<Table | undefined> {
  const kept = own && new Set(own)
  const builder = openTableBuilder((column) => kept?.has(column) ?? true)
  for (const { path, columns } of files) if (!(await readPlainCsv(path, columns, builder, onRows))) return undefined
  return builder.isUtf8() ? builder.finish() : undefined
}
