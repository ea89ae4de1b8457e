import { ROWS_A_PART, type RulePairs } from './find-pairs.ts'

/** Up to so many pairs of a row are looked through for one that was there before; of more, a table is kept. */
const FEW = 24

/**
 * Opens the gathering of what rules found, part by part: each pair is shown once, row by row, under the first rule
 * that found it. Rules mostly find the same pairs, so they are sorted out before anything is asked of them.
 */
export function openPairGathering(
  found: readonly RulePairs[],
): (part: number, show: (rowA: number, rowB: number, rule: number) => void) => void {
  let others = new Int32Array(1 << 12)
  let rules = new Uint8Array(1 << 12)
  let slots = new Int32Array(1 << 10)
  const ends = new Int32Array(ROWS_A_PART + 1)
  const places = new Int32Array(ROWS_A_PART + 1)
  return (part, show) => {
    let total = 0
    for (const { starts } of found) total += starts[part + 1]! - starts[part]!
    if (total > others.length) {
      others = new Int32Array(total * 2)
      rules = new Uint8Array(total * 2)
    }
    const first = part * ROWS_A_PART
    ends.fill(0)
    for (const { starts, pairs } of found) {
      for (let at = starts[part]!; at < starts[part + 1]!; at++) ends[pairs[at * 2]! - first + 1]!++
    }
    for (let row = 1; row < ends.length; row++) ends[row]! += ends[row - 1]!
    places.set(ends)
    found.forEach(({ starts, pairs }, rule) => {
      for (let at = starts[part]!; at < starts[part + 1]!; at++) {
        const place = places[pairs[at * 2]! - first]!++
        others[place] = pairs[at * 2 + 1]!
        rules[place] = rule
      }
    })
    for (let row = 0; row + 1 < ends.length; row++) {
      const from = ends[row]!
      const to = ends[row + 1]!
      if (to - from <= FEW) {
        for (let at = from; at < to; at++) {
          const b = others[at]!
          let before = from
          while (others[before] !== b) before++
          if (before === at) show(first + row, b, rules[at]!)
        }
        continue
      }
      let size = 64
      while (size < (to - from) * 2) size *= 2
      if (size > slots.length) slots = new Int32Array(size)
      else slots.fill(0, 0, size)
      for (let at = from; at < to; at++) {
        const b = others[at]! + 1
        let slot = (Math.imul(b, 0x9e3779b1) >>> 8) & (size - 1)
        while (slots[slot] !== 0 && slots[slot] !== b) slot = (slot + 1) & (size - 1)
        if (slots[slot] === b) continue
        slots[slot] = b
        show(first + row, b - 1, rules[at]!)
      }
    }
  }
}
