import type { Sql } from '../open-store.ts'

/** What `onefold.notify_change` tells with the commit of whatever adds to the change feed. */
const CHANNEL = 'onefold_changes'

/** Wakes who waits for changes. */
export interface ChangeNotices {
  /** How often there were changes: ask before looking at the feed, so that none is missed before waiting. */
  count(): number
  /** Waits until there were more changes than `seen`, the signal is aborted, or so many ms have passed. */
  wait(seen: number, ms: number, signal: AbortSignal): Promise<void>
}

/**
 * Opens them; the first wait opens a connection that listens. Where that cannot be had (a pooler that hands each
 * transaction another connection) every wait is as long as it may be.
 */
export function openChangeNotices(sql: Sql): ChangeNotices {
  const waiting = new Set<() => void>()
  let told = 0
  let listening: Promise<unknown> | undefined
  const tell = (): void => {
    told++
    for (const wake of waiting) wake()
  }
  return {
    count: () => told,
    wait: (seen, ms, signal) => {
      listening ??= sql.listen(CHANNEL, tell).catch(() => undefined)
      if (told > seen || signal.aborted) return Promise.resolve()
      return new Promise((resolve) => {
        const wake = (): void => {
          clearTimeout(timer)
          waiting.delete(wake)
          signal.removeEventListener('abort', wake)
          resolve()
        }
        const timer = setTimeout(wake, ms)
        waiting.add(wake)
        signal.addEventListener('abort', wake)
      })
    },
  }
}
