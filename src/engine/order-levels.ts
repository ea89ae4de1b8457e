import type { Comparison } from './comparison.ts'

/**
 * Keeps weights in the order the levels mean, in place: agreement on a rarer value never weighs less than on a
 * commoner one, and nothing weighs less than plain difference. Levels out of order share their weight in proportion
 * to how often they are seen (pool adjacent violators, Ayer et al. 1955). Keeps m's sum up to rounding.
 */
export function orderLevels(m: Float64Array, u: Float64Array, { exactLevels, groupOf }: Comparison): void {
  if (exactLevels > 1) poolRising(m, u, 0, exactLevels)
  const groups = Math.max(...groupOf) + 1
  for (let group = 0; group < groups; group++) {
    const last = groupOf.lastIndexOf(group)
    // Whatever weighs less than difference is pooled with it.
    for (;;) {
      let sumM = m[last]!
      let sumU = u[last]!
      const ratio = sumM / sumU
      const below: number[] = []
      for (let level = 0; level < last; level++) {
        if (groupOf[level] !== group || m[level]! / u[level]! >= ratio * (1 - 1e-12)) continue
        below.push(level)
        sumM += m[level]!
        sumU += u[level]!
      }
      if (below.length === 0) break
      for (const level of [...below, last]) m[level] = (u[level]! * sumM) / sumU
    }
  }
}

/** Makes m/u fall from `from` to before `to`. */
function poolRising(m: Float64Array, u: Float64Array, from: number, to: number): void {
  const pools: { m: number; u: number; levels: number[] }[] = []
  for (let level = from; level < to; level++) {
    let pool = { m: m[level]!, u: u[level]!, levels: [level] }
    for (
      let before = pools.at(-1);
      before !== undefined && before.m / before.u < pool.m / pool.u;
      before = pools.at(-1)
    ) {
      pools.pop()
      pool = { m: before.m + pool.m, u: before.u + pool.u, levels: [...before.levels, ...pool.levels] }
    }
    pools.push(pool)
  }
  for (const pool of pools) for (const level of pool.levels) m[level] = (u[level]! * pool.m) / pool.u
}
