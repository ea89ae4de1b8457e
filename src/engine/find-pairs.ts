import { openGrouping } from './group-by-key.ts'
import { joinKeys, type KeyColumns } from './key-columns.ts'
import type { PairSpace } from './pair-space.ts'
import { shareInts } from './share-array.ts'

/** Rows by whose number pairs are dealt into parts, as a power of 2: what is known of that many rows stays near. */
const PART_BITS = 12

/** How many rows a part has: a pair is in the part of its lower row. */
export const ROWS_A_PART: number = 2 ** PART_BITS

/** All pairs that one rule brings together. */
export interface RulePairs {
  /** Both rows of each pair, the lower first, part after part. */
  readonly pairs: Int32Array
  /** Where each part's pairs begin, and at last where they end, in pairs. */
  readonly starts: Int32Array
  /** Keys that more rows share than a block may have, left out, and their rows. */
  readonly largeKeys: number
  readonly droppedRows: number
}

/**
 * Opens the search for the pairs of one rule after the other: rows that share its key. A key of more than `maxBlock`
 * rows is left out and counted: the rules that ask for more find what is worth finding there. Which pairs are found
 * is a function of the set of rows.
 */
export function openPairFinding(
  columns: KeyColumns,
  { rowCount, fileOf, linkOnly, withinOnly = false }: PairSpace,
  maxBlock: number,
): (rule: number) => RulePairs {
  const keys = new Int32Array(rowCount)
  const group = openGrouping(rowCount)
  const parts = Math.ceil(rowCount / ROWS_A_PART)
  const isByFile = linkOnly || withinOnly
  return (rule) => {
    joinKeys(columns, rule, keys)
    const { rows, starts } = group(keys)
    let largeKeys = 0
    let droppedRows = 0
    // Counted first, so that all find their place at once and memory is written part by part.
    const ends = new Int32Array(parts + 1)
    for (let block = 0; block + 1 < starts.length; block++) {
      const from = starts[block]!
      const to = starts[block + 1]!
      if (to - from > maxBlock) {
        largeKeys++
        droppedRows += to - from
        continue
      }
      for (let at = from; at < to; at++) ends[(rows[at]! >>> PART_BITS) + 1]! += to - at - 1
    }
    for (let part = 0; part < parts; part++) ends[part + 1]! += ends[part]!
    const places = ends.slice(0, parts)
    const pairs = shareInts(ends[parts]! * 2)
    for (let block = 0; block + 1 < starts.length; block++) {
      const from = starts[block]!
      const to = starts[block + 1]!
      if (to - from > maxBlock) continue
      for (let x = from; x < to; x++) {
        const a = rows[x]!
        const part = a >>> PART_BITS
        let place = places[part]!
        for (let y = x + 1; y < to; y++) {
          const b = rows[y]!
          if (isByFile && (fileOf[a] === fileOf[b]) !== withinOnly) continue
          pairs[place * 2] = a
          pairs[place * 2 + 1] = b
          place++
        }
        places[part] = place
      }
    }
    const kept = isByFile ? closeGaps(pairs, ends, places) : ends
    const shared = shareInts(kept.length)
    shared.set(kept)
    return { pairs: pairs.subarray(0, kept[parts]! * 2), starts: shared, largeKeys, droppedRows }
  }
}

/** Moves parts together that have fewer pairs than there was room for; says where they begin then. */
function closeGaps(pairs: Int32Array, starts: Int32Array, ends: Int32Array): Int32Array {
  const kept = new Int32Array(starts.length)
  for (let part = 0; part < ends.length; part++) {
    pairs.copyWithin(kept[part]! * 2, starts[part]! * 2, ends[part]! * 2)
    kept[part + 1] = kept[part]! + ends[part]! - starts[part]!
  }
  return kept
}
