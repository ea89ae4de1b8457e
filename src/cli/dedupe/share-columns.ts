/** What a cell costs: to find its end; to look it up, by its length; to keep it, when it was not there before. */
const CELL = 1
const BYTE = 0.15
const FRESH = 6

/**
 * Deals columns out to readers, about equally much work to each, judged by the first rows: texts that differ in every
 * row cost most. The first reader may have the least, for it has other things to do. Names by reader, heaviest first.
 */
export function shareColumns(
  columns: readonly string[],
  rows: readonly (readonly (string | null)[])[],
  readers: number,
): readonly (readonly string[])[] {
  const costs = columns.map((name, at) => {
    const seen = new Set<string>()
    let cost = 0
    for (const cells of rows) {
      const cell = cells[at] ?? ''
      if (cell === '') continue
      cost += CELL + cell.length * BYTE + (seen.has(cell) ? 0 : FRESH)
      seen.add(cell)
    }
    return { name, cost }
  })
  const shares = Array.from({ length: readers }, () => ({ names: [] as string[], cost: 0 }))
  for (const { name, cost } of costs.sort((a, b) => b.cost - a.cost)) {
    const least = shares.reduceRight((best, share) => (share.cost < best.cost ? share : best))
    least.names.push(name)
    least.cost += cost
  }
  return shares.map(({ names }) => names)
}
