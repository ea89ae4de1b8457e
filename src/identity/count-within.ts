/** A value, and when it was carried: milliseconds since 1970, NaN at all times. */
export interface TimedValue {
  readonly value: string
  readonly atMs: number
}

/** The most different values within any window of `withinMs` milliseconds, both ends included. */
export function countWithin(marks: readonly TimedValue[], withinMs: number): number {
  const always = new Set(marks.filter(({ atMs }) => Number.isNaN(atMs)).map(({ value }) => value))
  const timed = marks.filter(({ atMs, value }) => !Number.isNaN(atMs) && !always.has(value))
  timed.sort((left, right) => left.atMs - right.atMs)
  const held = new Map<string, number>()
  let most = 0
  let first = 0
  for (const { value, atMs } of timed) {
    held.set(value, (held.get(value) ?? 0) + 1)
    for (; timed[first]!.atMs < atMs - withinMs; first++) {
      const left = timed[first]!.value
      const times = held.get(left)! - 1
      if (times === 0) held.delete(left)
      else held.set(left, times)
    }
    most = Math.max(most, held.size)
  }
  return always.size + most
}
