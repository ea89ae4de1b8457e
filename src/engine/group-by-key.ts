/** Rows brought together by a key: those that share one with another row, block after block. */
export interface Blocks {
  /** Rows of all blocks, block after block, in row order within each. */
  readonly rows: Int32Array
  /** Where each block starts in `rows`, and at last where the last one ends. */
  readonly starts: Int32Array
}

/** Bits of a key (see `hashText`). */
const KEY_BITS = 29
/** Rows are dealt twice, each time into so few buckets that all of them stay near: first by the first bits of the key. */
const MOST_FIRST_BITS = 12
const SECOND_BITS = 10
/** Up to here a bucket is sorted by insertion, which keeps row order; larger ones are mostly one key. */
const SMALL = 32

/**
 * Groups rows by keys of 29 bits (0: no key), without those whose key nobody shares; blocks come in order of their
 * keys. Rows are dealt into buckets of about a thousand, each of those into a thousand, and the one or two rows of
 * such a bucket are sorted by the rest. What is returned is good until the next call.
 */
export function openGrouping(rowCount: number): (keys: Int32Array) => Blocks {
  const firstBits = Math.min(MOST_FIRST_BITS, Math.max(1, Math.ceil(Math.log2(rowCount + 1)) - SECOND_BITS))
  const firstShift = KEY_BITS - firstBits
  const secondShift = firstShift - SECOND_BITS
  const secondMask = 2 ** SECOND_BITS - 1
  const firstEnds = new Int32Array(2 ** firstBits + 1)
  const secondEnds = new Int32Array(2 ** SECOND_BITS + 1)
  // Key and row of each side by side.
  const dealt = new Int32Array(rowCount * 2)
  const rows = new Int32Array(rowCount)
  const sorted = new Int32Array(rowCount)

  /** Deals a bucket into smaller ones from `filled` on and sorts those; says where they end. */
  function dealAgain(from: number, to: number, filled: number): number {
    secondEnds.fill(0)
    for (let at = from; at < to; at++) secondEnds[((dealt[at * 2]! >>> secondShift) & secondMask) + 1]!++
    // A row alone in its bucket has no partner and is not dealt at all.
    let end = filled
    for (let bucket = 1; bucket < secondEnds.length; bucket++) {
      const size = secondEnds[bucket]!
      secondEnds[bucket] = size === 1 ? -1 : end
      if (size > 1) end += size
    }
    for (let at = from; at < to; at++) {
      const key = dealt[at * 2]!
      const bucket = ((key >>> secondShift) & secondMask) + 1
      const place = secondEnds[bucket]!
      if (place < 0) continue
      secondEnds[bucket] = place + 1
      rows[place] = dealt[at * 2 + 1]!
      sorted[place] = key
    }
    for (let first = filled; first < end;) {
      const next = secondEnds[((sorted[first]! >>> secondShift) & secondMask) + 1]!
      sortBucket(sorted, rows, first, next)
      first = next
    }
    return end
  }
  return (keys) => {
    firstEnds.fill(0)
    for (let row = 0; row < rowCount; row++) {
      const key = keys[row]!
      if (key !== 0) firstEnds[(key >>> firstShift) + 1]!++
    }
    for (let bucket = 1; bucket < firstEnds.length; bucket++) firstEnds[bucket]! += firstEnds[bucket - 1]!
    for (let row = 0; row < rowCount; row++) {
      const key = keys[row]!
      if (key === 0) continue
      const place = firstEnds[key >>> firstShift]!++ * 2
      dealt[place] = key
      dealt[place + 1] = row
    }
    let filled = 0
    let from = 0
    for (let bucket = 0; bucket < firstEnds.length - 1; bucket++) {
      const to = firstEnds[bucket]!
      if (to - from > 1) filled = dealAgain(from, to, filled)
      from = to
    }
    return keepShared(sorted, rows, filled)
  }
}

/** Sorts by key, rows of one key in the order they stand in. */
function sortBucket(keys: Int32Array, rows: Int32Array, from: number, to: number): void {
  let isSorted = true
  for (let at = from + 1; at < to && isSorted; at++) isSorted = keys[at - 1]! <= keys[at]!
  if (isSorted) return
  if (to - from > SMALL) {
    sortLarge(keys, rows, from, to)
    return
  }
  for (let at = from + 1; at < to; at++) {
    const key = keys[at]!
    const row = rows[at]!
    let place = at
    while (place > from && keys[place - 1]! > key) {
      keys[place] = keys[place - 1]!
      rows[place] = rows[place - 1]!
      place--
    }
    keys[place] = key
    rows[place] = row
  }
}

function sortLarge(keys: Int32Array, rows: Int32Array, from: number, to: number): void {
  // Key and place together fit into a double, and places are in row order.
  const packed = new Float64Array(to - from)
  for (let at = from; at < to; at++) packed[at - from] = keys[at]! * PLACES + (at - from)
  packed.sort()
  const old = rows.slice(from, to)
  packed.forEach((entry, at) => {
    keys[from + at] = Math.floor(entry / PLACES)
    rows[from + at] = old[entry % PLACES]!
  })
}

const PLACES = 2 ** 24

/** Blocks of the rows that share their key with the next or the one before. */
function keepShared(keys: Int32Array, rows: Int32Array, count: number): Blocks {
  const starts = keys
  let blocks = 0
  let kept = 0
  for (let first = 0; first < count;) {
    const key = keys[first]!
    let end = first + 1
    while (end < count && keys[end] === key) end++
    if (end - first > 1) {
      starts[blocks++] = kept
      for (let at = first; at < end; at++) rows[kept++] = rows[at]!
    }
    first = end
  }
  if (blocks === 0) return { rows: rows.subarray(0, 0), starts: Int32Array.of(0) }
  // Every block has two rows or more, so that there is room for its end.
  starts[blocks++] = kept
  return { rows: rows.subarray(0, kept), starts: starts.subarray(0, blocks) }
}
