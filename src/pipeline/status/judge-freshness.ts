export type Freshness = 'ok' | 'warn' | 'error'

/**
 * How late a source is, against what it promises [A8]: `ageMs` since its last delivery, null when there was none yet,
 * which is late for whoever promised anything. Without a promise nothing is late; at the very limit it is not yet.
 */
export function judgeFreshness(
  ageMs: number | null,
  warnAfterMs: number | undefined,
  errorAfterMs: number | undefined,
): Freshness {
  const age = ageMs ?? Number.POSITIVE_INFINITY
  if (errorAfterMs !== undefined && age > errorAfterMs) return 'error'
  if (warnAfterMs !== undefined && age > warnAfterMs) return 'warn'
  return 'ok'
}
