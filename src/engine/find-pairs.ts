import type { KeyRule } from './comparison.ts'
import type { PairSpace } from './pair-space.ts'
import { ROW_SPACE } from './rank-rows.ts'
import { joinHashes } from './hash-text.ts'

export interface RuleUse {
  readonly name: string
  /** Pairs that this rule found first. */
  pairs: number
  /** Keys that more rows share than `maxBlock`, and how many rows of them no refinement could part. */
  largeKeys: number
  droppedRows: number
}

/**
 * Shows each pair of rows that shares a key of some rule exactly once, under the first rule that finds it. A key of
 * more than `maxBlock` rows is refined by `refine` (a hash of the row); what is still too large is left out and
 * counted. Which pairs are shown is a function of the set of rows.
 */
export function findPairs(
  rules: readonly KeyRule[],
  space: PairSpace,
  refine: (row: number) => number,
  maxBlock: number,
  show: (rowA: number, rowB: number) => void,
): readonly RuleUse[] {
  const { rowCount, fileOf, linkOnly } = space
  const effective: Int32Array[] = []
  const sorted = new Float64Array(rowCount)
  return rules.map((rule) => {
    const use: RuleUse = { name: rule.name, pairs: 0, largeKeys: 0, droppedRows: 0 }
    const keys = new Int32Array(rowCount)
    let count = 0
    for (let row = 0; row < rowCount; row++) {
      const key = rule.keyOf(row)
      keys[row] = key
      if (key !== 0) sorted[count++] = key * ROW_SPACE + row
    }
    const entries = sorted.subarray(0, count).sort()
    const showBlock = (rows: ArrayLike<number>, from: number, to: number): void => {
      for (let x = from; x < to; x++) {
        const a = rows[x]! % ROW_SPACE
        next: for (let y = x + 1; y < to; y++) {
          const b = rows[y]! % ROW_SPACE
          if (linkOnly && fileOf[a] === fileOf[b]) continue
          for (const earlier of effective) if (earlier[a] !== 0 && earlier[a] === earlier[b]) continue next
          use.pairs++
          show(a, b)
        }
      }
    }
    for (let from = 0; from < count;) {
      const key = Math.floor(entries[from]! / ROW_SPACE)
      let to = from + 1
      while (to < count && Math.floor(entries[to]! / ROW_SPACE) === key) to++
      if (to - from > maxBlock) {
        use.largeKeys++
        const parted = new Float64Array(to - from)
        let kept = 0
        for (let at = from; at < to; at++) {
          const row = entries[at]! % ROW_SPACE
          const finer = joinHashes(key, refine(row))
          keys[row] = finer
          if (finer !== 0) parted[kept++] = finer * ROW_SPACE + row
        }
        const finerEntries = parted.subarray(0, kept).sort()
        for (let low = 0; low < kept;) {
          const finer = Math.floor(finerEntries[low]! / ROW_SPACE)
          let high = low + 1
          while (high < kept && Math.floor(finerEntries[high]! / ROW_SPACE) === finer) high++
          if (high - low > maxBlock) {
            use.droppedRows += high - low
            for (let at = low; at < high; at++) keys[finerEntries[at]! % ROW_SPACE] = 0
          } else showBlock(finerEntries, low, high)
          low = high
        }
      } else if (to - from > 1) showBlock(entries, from, to)
      from = to
    }
    effective.push(keys)
    return use
  })
}
