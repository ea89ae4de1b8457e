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

/** Rows whose keys are fetched together. */
const ROWS_A_FETCH = 512

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
  const { width, keys } = matrix
  const { rows, starts } = blocks[rule]!
  const isByFile = linkOnly || withinOnly
  const masks = maskNeeds(matrix)
  const droppedBy = blocks.map(({ isDropped }) => isDropped)
  let near = new Int32Array(ROWS_A_FETCH * width * 2)
  /** Whether this rule is the first, of rows whose keys begin there in `near`. */
  const isFirst = (a: number, placeA: number, placeB: number): boolean => {
    if (!agreeOn(matrix, near, rule, placeA, placeB)) return false
    for (let earlier = 0; earlier < rule; earlier++) {
      if (agreeOn(matrix, near, earlier, placeA, placeB) && droppedBy[earlier]?.[a] !== 1) return false
    }
    return true
  }
  /** The same with all keys looked at once: rows that meet agree on several, and a branch for each is guessed wrong. */
  const isFirstByMask = (needs: Int32Array, a: number, placeA: number, placeB: number): boolean => {
    let agreed = 0
    for (let at = 0; at < width; at++) {
      const differs = near[placeA + at]! ^ near[placeB + at]!
      agreed |= (~(differs | -differs) >>> 31) << at
    }
    const need = needs[rule]!
    if ((agreed & need) !== need) return false
    for (let earlier = 0; earlier < rule; earlier++) {
      const other = needs[earlier]!
      if ((agreed & other) === other && droppedBy[earlier]?.[a] !== 1) return false
    }
    return true
  }
  for (let block = from; block < to;) {
    // The keys of some blocks side by side: fetched one after the other they do not wait for each other.
    const first = starts[block]!
    let end = block + 1
    while (end < to && starts[end + 1]! - first <= ROWS_A_FETCH) end++
    const count = starts[end]! - first
    if (count * width > near.length) near = new Int32Array(count * width)
    for (let at = 0; at < count; at++) {
      const base = rows[first + at]! * width
      const place = at * width
      for (let key = 0; key < width; key++) near[place + key] = keys[base + key]!
    }
    for (; block < end; block++) {
      const last = starts[block + 1]!
      for (let x = starts[block]!; x < last; x++) {
        const a = rows[x]!
        const placeA = (x - first) * width
        for (let y = x + 1; y < last; y++) {
          const b = rows[y]!
          if (isByFile && (fileOf[a] === fileOf[b]) !== withinOnly) continue
          const placeB = (y - first) * width
          if (masks === undefined ? isFirst(a, placeA, placeB) : isFirstByMask(masks, a, placeA, placeB)) show(a, b)
        }
      }
    }
  }
}
