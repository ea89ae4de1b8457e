/**
 * One row as RFC 4180 (2005) writes it, without its line end.
 * A cell is quoted when it holds the delimiter, a quote or a line break; an empty cell stays bare.
 */
export function formatCsvRow(cells: readonly string[], delimiter: ',' | ';'): string {
  return cells.map((cell) => (needsQuotes(cell, delimiter) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(delimiter)
}

function needsQuotes(cell: string, delimiter: string): boolean {
  return cell.includes(delimiter) || cell.includes('"') || cell.includes('\n') || cell.includes('\r')
}
