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
 * are dropped first by counting a part of the key; the few that stay are sorted by radix, which keeps row order.
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
  let rows = new Int32Array(count)
  let at = 0
  for (let row = 0; row < keys.length; row++) if (keys[row] !== 0 && seen[keys[row]! & mask] === 2) rows[at++] = row
  let spare = new Int32Array(count)
  const places = new Int32Array(RADIX)
  for (let shift = 0; shift < 30; shift += RADIX_BITS) {
    places.fill(0)
    for (let i = 0; i < count; i++) places[(keys[rows[i]!]! >>> shift) & (RADIX - 1)]!++
    let before = 0
    for (let digit = 0; digit < RADIX; digit++) {
      const size = places[digit]!
      places[digit] = before
      before += size
    }
    for (let i = 0; i < count; i++) spare[places[(keys[rows[i]!]! >>> shift) & (RADIX - 1)]!++] = rows[i]!
    const swap = rows
    rows = spare
    spare = swap
  }
  const starts: number[] = []
  let kept = 0
  for (let from = 0; from < count;) {
    let to = from + 1
    while (to < count && keys[rows[to]!] === keys[rows[from]!]) to++
    if (to - from > 1) {
      starts.push(kept)
      rows.copyWithin(kept, from, to)
      kept += to - from
    }
    from = to
  }
  starts.push(kept)
  return { rows: rows.subarray(0, kept), starts: Int32Array.from(starts) }
}
