/** Rows brought together by a key: those that share one with another row, block after block. */
export interface Blocks {
  /** Rows of all blocks, block after block, in row order within each. */
  readonly rows: Int32Array
  /** Where each block starts in `rows`, and at last where the last one ends. */
  readonly starts: Int32Array
}

const FILTER_BITS = 22
const RADIX_BITS = 10
const RADIX = 2 ** RADIX_BITS

/**
 * Groups rows by keys of 29 bits (0: no key), without those whose key nobody shares. Rows that cannot have a partner
 * are dropped first by counting a part of the key; the few that stay are sorted by radix with their keys beside
 * them, so that memory is read and written in order, which also keeps row order.
 */
export function groupByKey(keys: Int32Array): Blocks {
  const seen = new Uint8Array(2 ** FILTER_BITS)
  const mask = 2 ** FILTER_BITS - 1
  for (let row = 0; row < keys.length; row++) {
    const key = keys[row]!
    if (key !== 0 && seen[key & mask]! < 2) seen[key & mask]!++
  }
  let count = 0
  for (let row = 0; row < keys.length; row++) if (keys[row] !== 0 && seen[keys[row]! & mask] === 2) count++
  let from = { keys: new Int32Array(count), rows: new Int32Array(count) }
  let to = { keys: new Int32Array(count), rows: new Int32Array(count) }
  let at = 0
  for (let row = 0; row < keys.length; row++) {
    const key = keys[row]!
    if (key === 0 || seen[key & mask] !== 2) continue
    from.keys[at] = key
    from.rows[at++] = row
  }
  for (let shift = 0; shift < 30; shift += RADIX_BITS) {
    sortByDigit(from, to, shift)
    const swap = from
    from = to
    to = swap
  }
  const { keys: sorted, rows } = from
  const starts = to.keys
  let blocks = 0
  let kept = 0
  for (let first = 0; first < count;) {
    let end = first + 1
    while (end < count && sorted[end] === sorted[first]) end++
    if (end - first > 1) {
      starts[blocks++] = kept
      if (kept !== first) rows.copyWithin(kept, first, end)
      kept += end - first
    }
    first = end
  }
  if (count === 0) return { rows, starts: Int32Array.of(0) }
  starts[blocks++] = kept
  return { rows: rows.subarray(0, kept), starts: starts.subarray(0, blocks) }
}

interface Sorted {
  readonly keys: Int32Array
  readonly rows: Int32Array
}

function sortByDigit(from: Sorted, to: Sorted, shift: number): void {
  const count = from.keys.length
  const places = new Int32Array(RADIX)
  for (let i = 0; i < count; i++) places[(from.keys[i]! >>> shift) & (RADIX - 1)]!++
  let before = 0
  for (let digit = 0; digit < RADIX; digit++) {
    const size = places[digit]!
    places[digit] = before
    before += size
  }
  for (let i = 0; i < count; i++) {
    const key = from.keys[i]!
    const place = places[(key >>> shift) & (RADIX - 1)]!++
    to.keys[place] = key
    to.rows[place] = from.rows[i]!
  }
}
