import { styleText } from 'node:util'
import { forbidsColour } from '../config/environment.ts'

/** Prints a result as JSON for programs: one document, keys as documented, nothing else on stdout. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`)
}

export function printLine(text = ''): void {
  process.stdout.write(`${text}\n`)
}

type Style = 'bold' | 'dim' | 'green' | 'yellow' | 'red' | 'cyan'

/** Colours text on a terminal only; NO_COLOR and pipes get it plain. */
export function paint(style: Style, text: string): string {
  return process.stdout.isTTY && !forbidsColour() ? styleText(style, text) : text
}

/** A table with aligned columns: numbers to the right, the rest to the left. Empty for no rows. */
export function formatTable(rows: readonly (readonly (string | number)[])[], head?: readonly string[]): string {
  const shown = [...(head === undefined ? [] : [head]), ...rows].map((row) =>
    row.map((cell) => (typeof cell === 'number' ? formatNumber(cell) : cell)),
  )
  const widths: number[] = []
  for (const row of shown) row.forEach((cell, index) => (widths[index] = Math.max(widths[index] ?? 0, cell.length)))
  const isNumeric = (index: number): boolean => rows.some((row) => typeof row[index] === 'number')
  return shown
    .map((row, line) => {
      const cells = row.map((cell, index) =>
        isNumeric(index) ? cell.padStart(widths[index] ?? 0) : cell.padEnd(widths[index] ?? 0),
      )
      const text = `  ${cells.join('  ')}`.trimEnd()
      return head !== undefined && line === 0 ? paint('dim', text) : text
    })
    .join('\n')
}

/** 1234567 → 1,234,567; fractions keep two places. */
export function formatNumber(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 2 })
}

/** Bits with a sign and one place: `+7.2`, `-1.5`, `0.0`; a person's link is beyond any. */
export function formatBits(bits: number): string {
  if (!Number.isFinite(bits)) return bits > 0 ? '∞' : '-∞'
  return bits > 0 ? `+${bits.toFixed(1)}` : bits.toFixed(1)
}
