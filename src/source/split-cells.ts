/**
 * The cells of one CSV record that has quotes, unquoted; `loose` when a quote stands inside a cell that does not
 * begin with one (kept as it is). Empty cells are empty strings. The record must be well quoted, as the splitter
 * ensures; on other text the rest of the record becomes the last cell. Never throws.
 */
export function splitCells(text: string, delimiter: string): { readonly cells: string[]; readonly loose: boolean } {
  const cells: string[] = []
  let loose = false
  let pos = 0
  for (;;) {
    if (text.charCodeAt(pos) === 34) {
      let from = pos + 1
      let value = ''
      let close = text.indexOf('"', from)
      while (close >= 0 && text.charCodeAt(close + 1) === 34) {
        value += text.slice(from, close + 1)
        from = close + 2
        close = text.indexOf('"', from)
      }
      pos = close < 0 ? text.length : close + 1
      cells.push(value + text.slice(from, close < 0 ? text.length : close))
    } else {
      const end = text.indexOf(delimiter, pos)
      const cell = text.slice(pos, end < 0 ? text.length : end)
      if (cell.includes('"')) loose = true
      cells.push(cell)
      pos = end < 0 ? text.length : end
    }
    if (pos >= text.length) return { cells, loose }
    pos += delimiter.length
  }
}
