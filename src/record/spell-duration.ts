const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
] as const

/** Milliseconds as settings write spans, in the two largest units: `2h 5m`, `30m`; what is below a second is `0s`. */
export function spellDuration(ms: number): string {
  const largest = UNITS.findIndex(([, size]) => ms >= size)
  if (largest < 0) return '0s'
  let rest = ms
  const parts = UNITS.slice(largest, largest + 2).map(([unit, size]) => {
    const count = Math.floor(rest / size)
    rest -= count * size
    return count === 0 ? '' : `${count}${unit}`
  })
  return parts.filter((part) => part !== '').join(' ')
}
