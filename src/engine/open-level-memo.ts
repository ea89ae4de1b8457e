/**
 * Remembers the level of each pair of distinct values: the comparison is asked once per pair, in either order.
 * `valueCount` bounds the codes. The memory is open addressing over doubles, 9 bytes a slot, and is emptied when
 * it would pass `maxSlots`, so that it stays bounded whatever the data.
 */
export function openLevelMemo(
  valueCount: number,
  compare: (a: number, b: number) => number,
  maxSlots = 1 << 22,
): (a: number, b: number) => number {
  let slots = 1 << 12
  let keys = new Float64Array(slots).fill(-1)
  let levels = new Int8Array(slots)
  let used = 0

  function find(key: number): number {
    let slot = (Math.imul(key | 0, 0x9e3779b1) ^ Math.imul((key / 4294967296) | 0, 0x85ebca6b)) >>> 0
    slot = (slot ^ (slot >>> 15)) & (slots - 1)
    while (keys[slot] !== key && keys[slot] !== -1) slot = (slot + 1) & (slots - 1)
    return slot
  }
  function grow(): void {
    const oldKeys = keys
    const oldLevels = levels
    const keep = slots < maxSlots
    if (keep) slots *= 2
    keys = new Float64Array(slots).fill(-1)
    levels = new Int8Array(slots)
    used = 0
    if (!keep) return
    for (let at = 0; at < oldKeys.length; at++) {
      if (oldKeys[at] === -1) continue
      const slot = find(oldKeys[at]!)
      keys[slot] = oldKeys[at]!
      levels[slot] = oldLevels[at]!
      used++
    }
  }
  return (a, b) => {
    const key = a < b ? a * valueCount + b : b * valueCount + a
    let slot = find(key)
    if (keys[slot] === key) return levels[slot]!
    const level = compare(a, b)
    if (used * 2 > slots) {
      grow()
      slot = find(key)
    }
    keys[slot] = key
    levels[slot] = level
    used++
    return level
  }
}
