import type { ReportProgress } from '../pipeline/report-progress.ts'
import { formatProgress } from './format-progress.ts'
import { formatSpan } from './format-span.ts'

/** Nothing is shown of what is over sooner. */
const PATIENCE_MS = 2_000

/**
 * Shows on stderr how far something long is: bar, rate in `unit` a second and time left once it reports how much is
 * done, until then for how long it has gone on. On a terminal a line that is kept up to date and goes in the end,
 * elsewhere a plain line every ten seconds.
 */
export async function withProgress<T>(
  label: string,
  unit: string,
  action: (report: ReportProgress) => Promise<T>,
): Promise<T> {
  const { isTTY } = process.stderr
  const startedAt = performance.now()
  const reported = { done: 0, whole: 0 }
  let isShown = false
  const show = (): void => {
    const elapsedMs = performance.now() - startedAt
    if (elapsedMs < PATIENCE_MS) return
    isShown = true
    const { done, whole } = reported
    const share = whole > 0 ? done / whole : 0
    const line =
      whole > 0
        ? formatProgress({ label, share, done, rate: done / (elapsedMs / 1000), unit, pace: share / elapsedMs })
        : `${label}: ${formatSpan(elapsedMs)} so far`
    process.stderr.write(isTTY ? `\r\u001b[2K${line}` : `${line}\n`)
  }
  const timer = setInterval(show, isTTY ? 500 : 10_000)
  try {
    return await action((done, whole) => Object.assign(reported, { done, whole }))
  } finally {
    clearInterval(timer)
    if (isShown && isTTY) process.stderr.write('\r\u001b[2K')
  }
}
