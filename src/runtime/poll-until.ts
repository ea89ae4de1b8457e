import { setTimeout as pause } from 'node:timers/promises'

/**
 * The first value other than `undefined` that `check` gives, asked again and again until the deadline.
 * `undefined` when the deadline passes; `check` is always asked at least once. Times are milliseconds on the
 * monotonic clock, so a corrected wall clock neither shortens nor lengthens the wait.
 */
export async function pollUntil<T>(
  check: () => Promise<T | undefined>,
  { timeoutMs, intervalMs = 25 }: { timeoutMs: number; intervalMs?: number },
): Promise<T | undefined> {
  const deadline = performance.now() + timeoutMs
  for (;;) {
    const found = await check()
    if (found !== undefined || performance.now() >= deadline) return found
    await pause(intervalMs)
  }
}
