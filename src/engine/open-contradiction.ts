import type { Comparison } from './comparison.ts'

/**
 * Opens the question whether two groups of rows contradict each other: there are pairs across that both tell a birth
 * date, and each of them tells another one altogether, with odds against one person. Rows that are silent about it
 * have no say, so that those which fit a father and his namesake son are no bridge between the two, however many they
 * are. Symmetric. Never where no birth dates are compared.
 */
export function openContradiction(
  comparisons: readonly Comparison[],
  scoreOf: (rowA: number, rowB: number) => number,
): (a: readonly number[], b: readonly number[]) => boolean {
  const born = comparisons.find(({ kind }) => kind === 'birth_date')
  if (born === undefined) return () => false
  const { compare, isKnown, levels } = born
  return (a, b) => {
    const others = b.filter(isKnown)
    let isTold = false
    for (const x of a) {
      if (!isKnown(x)) continue
      for (const y of others) {
        if (compare(x, y) !== levels.length - 1 || scoreOf(x, y) >= 0) return false
        isTold = true
      }
    }
    return isTold
  }
}
