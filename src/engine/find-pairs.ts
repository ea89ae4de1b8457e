import { openGrouping, type Blocks } from './group-by-key.ts'
import { agreeOn, joinKeys, maskNeeds, type KeyMatrix } from './key-matrix.ts'
import type { PairSpace } from './pair-space.ts'
import { shareBytes, shareInts } from './share-array.ts'

/** Rows that a rule brings together. */
export interface RuleBlocks extends Blocks {
  /** Keys that more rows share than a block may have, left out, and their rows. */
  readonly largeKeys: number
  readonly droppedRows: number
  /** 1 for rows whose key is such a one; absent when there are none. */
  readonly isDropped?: Uint8Array
}

/** Opens the grouping of rows by the key of one rule after the other, keys of more than `maxBlock` rows left out. */
export function openRuleGrouping(matrix: KeyMatrix, rowCount: number, maxBlock: number): (rule: number) => RuleBlocks {
  const keys = new Int32Array(rowCount)
  const group = openGrouping(rowCount)
  return (rule) => {
    joinKeys(matrix, rule, keys)
    const { rows, starts } = group(keys)
    let largeKeys = 0
    let droppedRows = 0
    let isDropped: Uint8Array | undefined
    const keptRows = shareInts(rows.length)
    const keptStarts = shareInts(starts.length)
    let blocks = 0
    let kept = 0
    for (let block = 0; block + 1 < starts.length; block++) {
      const from = starts[block]!
      const to = starts[block + 1]!
      if (to - from > maxBlock) {
        largeKeys++
        droppedRows += to - from
        isDropped ??= shareBytes(rowCount)
        for (let at = from; at < to; at++) isDropped[rows[at]!] = 1
        continue
      }
      keptStarts[blocks++] = kept
      for (let at = from; at < to; at++) keptRows[kept++] = rows[at]!
    }
    keptStarts[blocks] = kept
    return {
      rows: keptRows.subarray(0, kept),
      starts: keptStarts.subarray(0, blocks + 1),
      largeKeys,
      droppedRows,
      ...(isDropped && { isDropped }),
    }
  }
}

/** Blocks of a rule, from one to before another. */
export interface BlockRange {
  readonly rule: number
  readonly from: number
  readonly to: number
}

/** Pairs that blocks of a range have at most, so that ranges are about equally much work. */
const PAIRS_A_RANGE = 100_000

/** Cuts the blocks of all rules into ranges of about equal work. */
export function cutRanges(blocks: readonly RuleBlocks[]): readonly BlockRange[] {
  return blocks.flatMap(({ starts }, rule) => {
    const ranges: BlockRange[] = []
    let from = 0
    let pairs = 0
    for (let block = 0; block + 1 < starts.length; block++) {
      const size = starts[block + 1]! - starts[block]!
      pairs += (size * (size - 1)) / 2
      if (pairs < PAIRS_A_RANGE && block + 2 < starts.length) continue
      ranges.push({ rule, from, to: block + 1 })
      from = block + 1
      pairs = 0
    }
    return ranges
  })
}

/**
 * Shows each pair of rows that a range of blocks brings together and no rule before does: over all ranges each pair
 * once, under the first rule that finds it. Rows whose keys are one number by accident are not shown. Which pairs
 * are shown is a function of the set of rows.
 */
export function findPairs(
  matrix: KeyMatrix,
  blocks: readonly RuleBlocks[],
  { fileOf, linkOnly, withinOnly = false }: PairSpace,
  { rule, from, to }: BlockRange,
  show: (rowA: number, rowB: number) => void,
): void {
  const { width } = matrix
  const { rows, starts } = blocks[rule]!
  const isByFile = linkOnly || withinOnly
  const { keys } = matrix
  const masks = maskNeeds(matrix)
  const isDropped = (earlier: number, row: number): boolean => blocks[earlier]!.isDropped?.[row] === 1
  const isFirst = (a: number, b: number): boolean => {
    if (!agreeOn(matrix, rule, a * width, b * width)) return false
    for (let earlier = 0; earlier < rule; earlier++) {
      if (agreeOn(matrix, earlier, a * width, b * width) && !isDropped(earlier, a)) return false
    }
    return true
  }
  /** The same with all keys looked at once: rows that meet agree on several, and a branch for each is guessed wrong. */
  const isFirstByMask = (a: number, b: number, needs: Int32Array): boolean => {
    let agreed = 0
    for (let at = 0, x = a * width, y = b * width; at < width; at++, x++, y++) {
      const key = keys[x]!
      if (key === keys[y] && key !== 0) agreed |= 1 << at
    }
    if ((agreed & needs[rule]!) !== needs[rule]) return false
    for (let earlier = 0; earlier < rule; earlier++) {
      if ((agreed & needs[earlier]!) === needs[earlier] && !isDropped(earlier, a)) return false
    }
    return true
  }
  for (let block = from; block < to; block++) {
    const end = starts[block + 1]!
    for (let x = starts[block]!; x < end; x++) {
      const a = rows[x]!
      for (let y = x + 1; y < end; y++) {
        const b = rows[y]!
        if (isByFile && (fileOf[a] === fileOf[b]) !== withinOnly) continue
        if (masks === undefined ? isFirst(a, b) : isFirstByMask(a, b, masks)) show(a, b)
      }
    }
  }
}
