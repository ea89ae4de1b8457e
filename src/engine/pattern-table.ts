/** Patterns of levels seen in pairs, each with how often. */
export interface PatternTable {
  readonly width: number
  /** `width` levels a pattern, one after the other. */
  readonly levels: Int8Array
  readonly counts: Float64Array
}

export interface PatternCounter {
  /** The number of the pattern whose levels stand in `levels` from `from` on, counted `times` more. */
  readonly count: (levels: Int8Array, from: number, times: number) => number
  readonly finish: () => PatternTable
}

/** Counts patterns of `width` levels by open addressing; patterns are numbered in the order they turn up. */
export function openPatternCounter(width: number): PatternCounter {
  let slots = 1 << 14
  let numbers = new Int32Array(slots).fill(-1)
  let capacity = 1 << 13
  let stored = new Int8Array(capacity * width)
  let counts = new Float64Array(capacity)
  let used = 0

  const hash = (levels: Int8Array, from: number): number => {
    let mixed = 0x811c9dc5
    for (let at = 0; at < width; at++) mixed = Math.imul(mixed ^ levels[from + at]!, 0x01000193)
    mixed ^= mixed >>> 15
    return (Math.imul(mixed, 0x85ebca6b) >>> 0) & (slots - 1)
  }
  function grow(): void {
    capacity *= 2
    const moreLevels = new Int8Array(capacity * width)
    moreLevels.set(stored)
    stored = moreLevels
    const moreCounts = new Float64Array(capacity)
    moreCounts.set(counts)
    counts = moreCounts
    slots *= 2
    numbers = new Int32Array(slots).fill(-1)
    for (let number = 0; number < used; number++) {
      let slot = hash(stored, number * width)
      while (numbers[slot] !== -1) slot = (slot + 1) & (slots - 1)
      numbers[slot] = number
    }
  }
  return {
    count(asked, at, times) {
      let slot = hash(asked, at)
      search: for (;;) {
        const number = numbers[slot]!
        if (number === -1) break
        const from = number * width
        for (let place = 0; place < width; place++) {
          if (stored[from + place] !== asked[at + place]) {
            slot = (slot + 1) & (slots - 1)
            continue search
          }
        }
        counts[number]! += times
        return number
      }
      const number = used++
      numbers[slot] = number
      for (let place = 0; place < width; place++) stored[number * width + place] = asked[at + place]!
      counts[number] = times
      if (used * 2 >= slots) grow()
      return number
    },
    finish: () => ({ width, levels: stored.subarray(0, used * width), counts: counts.subarray(0, used) }),
  }
}
