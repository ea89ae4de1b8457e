import { compileMapping } from '../../src/record/compile-mapping.ts'
import type { Field } from '../../src/record/field.ts'
import type { MappingOptions } from '../../src/record/mapping-plan.ts'
import { normalizeRow } from '../../src/record/normalize-row.ts'
import type { NormalizedRow } from '../../src/record/normalized-row.ts'
import type { ParsedRow, RowDefect } from '../../src/record/parsed-row.ts'

export const PEOPLE: MappingOptions = { region: 'DE', asOf: new Date('2026-11-22'), kind: 'people' }

export function rowOf(cells: readonly (string | null)[], defects: readonly RowDefect[] = []): ParsedRow {
  return { rowNo: 0, line: 2, raw: new Uint8Array(), cells, defects }
}

/** Normalizes one row whose columns are `field` or `field#2`. */
export function normalizeCells(
  cells: Readonly<Record<string, string | null>>,
  options: Partial<MappingOptions> = {},
): NormalizedRow {
  const columns = Object.keys(cells)
  const mapping = Object.fromEntries(columns.map((column) => [column, column.replace(/#.*/, '') as Field]))
  return normalizeRow(rowOf(Object.values(cells)), compileMapping(columns, mapping, { ...PEOPLE, ...options }))
}

export const codesOf = ({ issues }: NormalizedRow): string[] => issues.map(({ code }) => code)
