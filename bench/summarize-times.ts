/** How many times there are, in ms, and what share of them is below which. */
export function summarizeTimes(
  times: readonly number[],
): Readonly<Record<'count' | 'p50Ms' | 'p95Ms' | 'p99Ms' | 'maxMs', number>> {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number): number => Number((sorted[Math.ceil(share * sorted.length) - 1] ?? 0).toFixed(1))
  return { count: times.length, p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99), maxMs: at(1) }
}
