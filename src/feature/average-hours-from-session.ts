const HOUR_MS = 3_600_000

/**
 * Mean hours from the begin of the last session before each purchase to that purchase [E5]; a session that begins with it
 * counts, purchases before any session do not. Undefined without one. Times in ms since 1970. Order-free.
 */
export function averageHoursFromSession(
  purchases: readonly number[],
  sessions: readonly { readonly startedAt: number }[],
): number | undefined {
  if (purchases.length === 0) return undefined
  const starts = sessions.map(({ startedAt }) => startedAt).toSorted((left, right) => left - right)
  let [sumMs, counted, next] = [0, 0, 0]
  for (const at of purchases.toSorted((left, right) => left - right)) {
    while ((starts[next] ?? Infinity) <= at) next += 1
    const startedAt = starts[next - 1]
    if (startedAt === undefined) continue
    sumMs += at - startedAt
    counted += 1
  }
  return counted === 0 ? undefined : sumMs / counted / HOUR_MS
}
