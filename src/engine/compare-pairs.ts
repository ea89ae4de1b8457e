import type { Comparison } from './comparison.ts'

/** Opens the comparing of many pairs: the levels of each stand side by side in `levels`, as many as there are comparisons. */
export function openPairComparing(
  comparisons: readonly Comparison[],
): (a: Int32Array, b: Int32Array, count: number, levels: Int8Array) => void {
  const width = comparisons.length
  return (a, b, count, levels) => {
    // One question of all pairs before the next: what it looks at stays near.
    for (let at = 0; at < width; at++) {
      const { compare } = comparisons[at]!
      const next = comparisons[at + 1]
      if (next?.isAskedWithBefore === true) {
        for (let pair = 0, place = at; pair < count; pair++, place += width) {
          const rowA = a[pair]!
          const rowB = b[pair]!
          levels[place] = compare(rowA, rowB)
          levels[place + 1] = next.compare(rowA, rowB)
        }
        at++
      } else {
        for (let pair = 0, place = at; pair < count; pair++, place += width) levels[place] = compare(a[pair]!, b[pair]!)
      }
    }
  }
}
