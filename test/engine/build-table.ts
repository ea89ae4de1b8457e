import { openTableBuilder } from '../../src/engine/open-table-builder.ts'
import { resolveTable, type Resolution } from '../../src/engine/resolve-table.ts'
import type { Table } from '../../src/engine/table.ts'
import { openTexts } from '../../src/engine/texts.ts'
import { understandColumns } from '../../src/engine/understand-columns.ts'
import type { UnderstoodColumn } from '../../src/engine/understanding.ts'
import { recognizeEvidence } from '../../src/source/recognize-evidence.ts'

/** A table of one file per list of rows; the first row of each is its header. */
export function buildTable(...files: readonly (readonly (readonly string[])[])[]): Table {
  const builder = openTableBuilder()
  files.forEach(([header = [], ...rows], at) => {
    builder.addFile(`file${at}.csv`, header)
    for (const row of rows) builder.addRow(row)
  })
  return builder.finish()
}

export function understand(table: Table, hidden: readonly string[] = []): readonly UnderstoodColumn[] {
  const sample = Array.from({ length: Math.min(200, table.rowCount) }, (_, row) =>
    table.columns.map(({ codes, values }) => openTexts(values)(codes[row]!) || null),
  )
  const guesses = recognizeEvidence(
    table.columns.map(({ name }) => name),
    sample,
  )
  return understandColumns(table, guesses, new Set(hidden))
}

export async function resolve(
  table: Table,
  options: Partial<Parameters<typeof resolveTable>[2]> = {},
): Promise<Resolution> {
  return resolveTable(table, understand(table), { linkOnly: false, pivotYear: 2026, ...options })
}

/** Clusters as sets of what rows are called, so that the order of rows does not show. */
export function groupNames(clusterOf: ArrayLike<number>, names: readonly string[]): readonly string[] {
  const groups = new Map<number, string[]>()
  names.forEach((name, row) => groups.set(clusterOf[row]!, [...(groups.get(clusterOf[row]!) ?? []), name]))
  return [...groups.values()].map((group) => group.sort().join(' ')).sort()
}
