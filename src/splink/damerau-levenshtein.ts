/**
 * Edits between two texts: insertions, deletions, substitutions and exchanges of neighbours, what lies between two
 * exchanged ones edited further (Lowrance and Wagner 1975). Quadratic in time and space.
 */
export function damerauLevenshtein(a: string, b: string): number {
  const width = b.length + 2
  const most = a.length + b.length
  const table = new Int32Array((a.length + 2) * width)
  const lastRow = new Map<string, number>()
  table[0] = most
  for (let i = 0; i <= a.length; i++) {
    table[(i + 1) * width] = most
    table[(i + 1) * width + 1] = i
  }
  for (let j = 0; j <= b.length; j++) {
    table[j + 1] = most
    table[width + j + 1] = j
  }
  for (let i = 1; i <= a.length; i++) {
    let lastColumn = 0
    for (let j = 1; j <= b.length; j++) {
      const row = lastRow.get(b[j - 1]!) ?? 0
      const column = lastColumn
      const isSame = a[i - 1] === b[j - 1]
      if (isSame) lastColumn = j
      table[(i + 1) * width + j + 1] = Math.min(
        table[i * width + j]! + (isSame ? 0 : 1),
        table[(i + 1) * width + j]! + 1,
        table[i * width + j + 1]! + 1,
        table[row * width + column]! + (i - row - 1) + 1 + (j - column - 1),
      )
    }
    lastRow.set(a[i - 1]!, i)
  }
  return table[(a.length + 1) * width + b.length + 1]!
}
