import { Buffer } from 'node:buffer'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ParsedRow, RowBatch } from '../../../src/record/parsed-row.ts'
import type { FileNotice, ReadOptions } from '../../../src/source/read-options.ts'
import { readRows } from '../../../src/source/read-rows.ts'

export interface ReadResult {
  readonly columns: readonly string[]
  readonly rows: readonly ParsedRow[]
  readonly batches: readonly RowBatch[]
  readonly notices: readonly FileNotice[]
}

/** Everything a file has to tell. */
export async function readAll(path: string, options: ReadOptions = {}): Promise<ReadResult> {
  const batches: RowBatch[] = []
  const notices: FileNotice[] = []
  for await (const batch of readRows(path, { onNotice: (notice) => notices.push(notice), ...options })) {
    batches.push(batch)
  }
  return { columns: batches.at(-1)?.columns ?? [], rows: batches.flatMap((batch) => batch.rows), batches, notices }
}

/** Lends a file with these bytes, under this name, for as long as `use` runs. */
export async function withFile<T>(
  name: string,
  bytes: string | Uint8Array,
  use: (path: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'onefold-source-'))
  try {
    const path = join(folder, name)
    await writeFile(path, bytes)
    return await use(path)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

export function readText(name: string, bytes: string | Uint8Array, options: ReadOptions = {}): Promise<ReadResult> {
  return withFile(name, bytes, (path) => readAll(path, options))
}

/** Rows as plain comparable values. */
export function cellsOf(result: ReadResult): (string | null)[][] {
  return result.rows.map((row) => [...row.cells])
}

export function codesOf(row: ParsedRow | undefined): string[] {
  return (row?.defects ?? []).map((defect) => defect.code)
}

export function rawOf(row: ParsedRow): string {
  return Buffer.from(row.raw).toString('latin1')
}
