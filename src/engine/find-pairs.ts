import type { KeyRule } from './comparison.ts'
import { groupByKey, type Blocks } from './group-by-key.ts'
import { joinHashes } from './hash-text.ts'
import type { PairSpace } from './pair-space.ts'

export interface RuleUse {
  readonly name: string
  /** Pairs that this rule found first. */
  readonly pairs: number
  /** Keys that more rows share than a block may have, and how many rows of them no refinement could part. */
  readonly largeKeys: number
  readonly droppedRows: number
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
  const width = rules.length
  // All keys of a row stand together, so that asking whether an earlier rule found a pair touches two places only.
  const keysOf = new Int32Array(rowCount * width)
  const keys = new Int32Array(rowCount)
  return rules.map(({ name, keyOf }, rule): RuleUse => {
    for (let row = 0; row < rowCount; row++) keys[row] = keyOf(row)
    const { blocks, largeKeys, droppedRows } = refineLarge(keys, maxBlock, refine)
    for (let row = 0; row < rowCount; row++) keysOf[row * width + rule] = keys[row]!
    const { rows, starts } = blocks
    let pairs = 0
    for (let block = 0; block + 1 < starts.length; block++) {
      const to = starts[block + 1]!
      for (let x = starts[block]!; x < to; x++) {
        const a = rows[x]!
        const baseA = a * width
        next: for (let y = x + 1; y < to; y++) {
          const b = rows[y]!
          if (linkOnly && fileOf[a] === fileOf[b]) continue
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

/** Gives rows of large blocks finer keys, in place; 0 where a finer key is not to be had or still too common. */
function refineLarge(
  keys: Int32Array,
  maxBlock: number,
  refine: (row: number) => number,
): { readonly blocks: Blocks; readonly largeKeys: number; readonly droppedRows: number } {
  const first = groupByKey(keys)
  const large = eachLarge(first, maxBlock)
  if (large.length === 0) return { blocks: first, largeKeys: 0, droppedRows: 0 }
  for (const [from, to] of large) {
    for (let at = from; at < to; at++) {
      const row = first.rows[at]!
      keys[row] = joinHashes(keys[row]!, refine(row))
    }
  }
  const finer = groupByKey(keys)
  let droppedRows = 0
  for (const [from, to] of eachLarge(finer, maxBlock)) {
    droppedRows += to - from
    for (let at = from; at < to; at++) keys[finer.rows[at]!] = 0
  }
  const blocks = droppedRows === 0 ? finer : groupByKey(keys)
  return { blocks, largeKeys: large.length, droppedRows }
}

function eachLarge({ starts }: Blocks, maxBlock: number): (readonly [from: number, to: number])[] {
  const large: (readonly [number, number])[] = []
  for (let block = 0; block + 1 < starts.length; block++) {
    const from = starts[block]!
    const to = starts[block + 1]!
    if (to - from > maxBlock) large.push([from, to])
  }
  return large
}
