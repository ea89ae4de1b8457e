import type { ExportedRow } from '../../store/export/read-exported.ts'
import { guardFormula } from './guard-formula.ts'

/** A value of a published row as the driver gives it; an object is one of JSON. */
export type Cell = ExportedRow[string]

/**
 * One line of CSV (RFC 4180, 2005) with its CRLF. Absent values are empty, instants ISO 8601, lists joined by `;`, JSON as JSON.
 * Texts are guarded against spreadsheets unless `raw`; numbers are numbers, also negative ones.
 */
export function formatCsvLine(cells: readonly Cell[], raw: boolean): string {
  return `${cells.map((cell) => quote(formatCell(cell, raw))).join(',')}\r\n`
}

function formatCell(cell: Cell, raw: boolean): string {
  if (cell === null) return ''
  if (cell instanceof Date) return cell.toISOString()
  if (typeof cell === 'number' || typeof cell === 'boolean') return String(cell)
  const text = typeof cell === 'string' ? cell : Array.isArray(cell) ? cell.join(';') : JSON.stringify(cell)
  return raw ? text : guardFormula(text)
}

function quote(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
