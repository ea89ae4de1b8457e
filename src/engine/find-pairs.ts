import type { KeyRule } from './comparison.ts'
import { openKeyFiller } from './fill-keys.ts'
import { groupByKey } from './group-by-key.ts'
import type { PairSpace } from './pair-space.ts'

export interface RuleUse {
  readonly name: string
  /** Pairs that this rule found first. */
  readonly pairs: number
  /** Keys that more rows share than a block may have, left out, and their rows. */
  readonly largeKeys: number
  readonly droppedRows: number
}

/**
 * Shows each pair of rows that shares a key of some rule exactly once, under the first rule that finds it. A key of
 * more than `maxBlock` rows is left out and counted: the rules that ask for more find what is worth finding there. Which pairs are shown is a function of the set of rows.
 */
export function findPairs(
  rules: readonly KeyRule[],
  space: PairSpace,
  maxBlock: number,
  show: (rowA: number, rowB: number) => void,
): readonly RuleUse[] {
  const { rowCount, fileOf, linkOnly, withinOnly = false } = space
  const width = rules.length
  // All keys of a row stand together, so that asking whether an earlier rule found a pair touches two places only.
  const keysOf = new Int32Array(rowCount * width)
  const keys = new Int32Array(rowCount)
  const fillKeys = openKeyFiller(rowCount)
  return rules.map((asked, rule): RuleUse => {
    const { name } = asked
    fillKeys(asked, keys)
    const blocks = groupByKey(keys)
    let largeKeys = 0
    let droppedRows = 0
    for (let block = 0; block + 1 < blocks.starts.length; block++) {
      const from = blocks.starts[block]!
      const to = blocks.starts[block + 1]!
      if (to - from <= maxBlock) continue
      largeKeys++
      droppedRows += to - from
      for (let at = from; at < to; at++) keys[blocks.rows[at]!] = 0
    }
    for (let row = 0; row < rowCount; row++) keysOf[row * width + rule] = keys[row]!
    const { rows, starts } = blocks
    let pairs = 0
    for (let block = 0; block + 1 < starts.length; block++) {
      const to = starts[block + 1]!
      if (to - starts[block]! > maxBlock) continue
      for (let x = starts[block]!; x < to; x++) {
        const a = rows[x]!
        const baseA = a * width
        next: for (let y = x + 1; y < to; y++) {
          const b = rows[y]!
          if ((linkOnly || withinOnly) && (fileOf[a] === fileOf[b]) !== withinOnly) continue
          const baseB = b * width
          for (let earlier = 0; earlier < rule; earlier++) {
            const key = keysOf[baseA + earlier]!
            if (key !== 0 && key === keysOf[baseB + earlier]) continue next
          }
          pairs++
          show(a, b)
        }
      }
    }
    return { name, pairs, largeKeys, droppedRows }
  })
}
