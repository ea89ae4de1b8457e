import { setTimeout as pause } from 'node:timers/promises'
import type { Context } from '../pipeline/context.ts'
import { loadProgress, type RunProgress } from '../store/run/load-progress.ts'
import { formatProgress } from './format-progress.ts'

const POLL_MS = 150
/** Nothing is shown of what is over sooner. */
const PATIENCE_MS = 2_000

/**
 * Waits until a run is closed and returns how it ended. On a terminal a line with stage, share, rate and time left
 * is kept up to date once two seconds have passed; elsewhere a plain line every ten seconds, on stderr.
 */
export async function followRun(context: Context, runId: string, signal?: AbortSignal): Promise<RunProgress> {
  const startedAt = performance.now()
  let shownAt = 0
  let stage: { readonly name: string | null; readonly atMs: number; readonly share: number } | undefined
  for (;;) {
    const progress = await loadProgress(context.store.sql, runId)
    const elapsedMs = performance.now() - startedAt
    // What is left is left of the stage, so its own pace tells, from where it was first seen.
    if (stage?.name !== progress.stage) stage = { name: progress.stage, atMs: elapsedMs, share: progress.share }
    if (progress.state !== 'open' || signal?.aborted === true) {
      if (process.stderr.isTTY && shownAt > 0) process.stderr.write('\r\u001b[2K')
      return progress
    }
    if (elapsedMs > PATIENCE_MS && elapsedMs - shownAt > (process.stderr.isTTY ? POLL_MS : 10_000)) {
      shownAt = elapsedMs
      const pace = (progress.share - stage.share) / Math.max(1, elapsedMs - stage.atMs)
      const line = formatProgress({
        label: (progress.stage ?? '').padEnd(8),
        share: progress.share,
        done: progress.rows,
        rate: progress.rows / (elapsedMs / 1000),
        unit: 'rows',
        pace,
      })
      process.stderr.write(process.stderr.isTTY ? `\r\u001b[2K${line}` : `${line}\n`)
    }
    await pause(POLL_MS)
  }
}
