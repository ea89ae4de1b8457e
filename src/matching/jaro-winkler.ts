/** Positions of each UTF-16 unit in the first string as a bit mask; all zero between calls. */
const positions = new Uint32Array(65536)

/**
 * How characters out of order are counted, two an exchange: with a half for an odd one, or whole exchanges only, as
 * Winkler's own program and DuckDB do.
 */
export type Exchanges = 'halves' | 'whole'

/**
 * Jaro–Winkler similarity of two strings, 0 to 1; 1 for equal strings, 0 when one is empty and the other not.
 * Symmetric. Prefix of up to 4 units, scale 0.1, applied when Jaro exceeds 0.7 (Winkler 1990); compares UTF-16
 * units. Up to 32 units it runs on bit masks, the idea of Hyyrö's bit-parallel matching; longer strings take the
 * quadratic path and give what the definition says.
 */
export function jaroWinkler(a: string, b: string, exchanges: Exchanges = 'halves'): number {
  if (a === b) return 1
  if (a.length === 0 || b.length === 0) return 0
  // The greedy assignment of common characters depends on which string leads; a fixed leader keeps the law.
  const leads = a.length < b.length || (a.length === b.length && a < b)
  const shorter = leads ? a : b
  const longer = leads ? b : a
  const jaro = longer.length <= 32 ? jaroByMasks(shorter, longer, exchanges) : jaroByFlags(shorter, longer, exchanges)
  if (jaro <= 0.7) return jaro
  let prefix = 0
  while (prefix < 4 && prefix < shorter.length && a.charCodeAt(prefix) === b.charCodeAt(prefix)) prefix++
  return jaro + prefix * 0.1 * (1 - jaro)
}

function jaroByMasks(shorter: string, longer: string, exchanges: Exchanges): number {
  const reach = Math.max(0, (longer.length >> 1) - 1)
  for (let i = 0; i < longer.length; i++) positions[longer.charCodeAt(i)]! |= 1 << i
  let takenLonger = 0
  let takenShorter = 0
  let common = 0
  for (let i = 0; i < shorter.length; i++) {
    const low = Math.max(0, i - reach)
    const high = Math.min(longer.length - 1, i + reach)
    if (low > high) break
    const width = high - low + 1
    const window = (width === 32 ? -1 : (1 << width) - 1) << low
    const free = positions[shorter.charCodeAt(i)]! & window & ~takenLonger
    if (free === 0) continue
    takenLonger |= free & -free
    takenShorter |= 1 << i
    common++
  }
  for (let i = 0; i < longer.length; i++) positions[longer.charCodeAt(i)] = 0
  if (common === 0) return 0
  let outOfOrder = 0
  for (let left = takenShorter, right = takenLonger; left !== 0; left &= left - 1, right &= right - 1) {
    const i = 31 - Math.clz32(left & -left)
    const j = 31 - Math.clz32(right & -right)
    if (shorter.charCodeAt(i) !== longer.charCodeAt(j)) outOfOrder++
  }
  return jaroOf(common, countExchanges(outOfOrder, exchanges), shorter.length, longer.length)
}

function jaroByFlags(shorter: string, longer: string, exchanges: Exchanges): number {
  const reach = Math.max(0, (longer.length >> 1) - 1)
  const takenShorter = new Uint8Array(shorter.length)
  const takenLonger = new Uint8Array(longer.length)
  let common = 0
  for (let i = 0; i < shorter.length; i++) {
    const high = Math.min(longer.length - 1, i + reach)
    for (let j = Math.max(0, i - reach); j <= high; j++) {
      if (takenLonger[j] === 1 || shorter.charCodeAt(i) !== longer.charCodeAt(j)) continue
      takenLonger[j] = 1
      takenShorter[i] = 1
      common++
      break
    }
  }
  if (common === 0) return 0
  let outOfOrder = 0
  for (let i = 0, j = 0; i < shorter.length; i++) {
    if (takenShorter[i] === 0) continue
    while (takenLonger[j] === 0) j++
    if (shorter.charCodeAt(i) !== longer.charCodeAt(j)) outOfOrder++
    j++
  }
  return jaroOf(common, countExchanges(outOfOrder, exchanges), shorter.length, longer.length)
}

function countExchanges(outOfOrder: number, exchanges: Exchanges): number {
  return exchanges === 'halves' ? outOfOrder / 2 : Math.floor(outOfOrder / 2)
}

function jaroOf(common: number, exchanged: number, lengthA: number, lengthB: number): number {
  return (common / lengthA + common / lengthB + (common - exchanged) / common) / 3
}
