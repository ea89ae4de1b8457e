import { formatSpan } from './format-span.ts'

/** Nothing is shown of what is over sooner. */
const PATIENCE_MS = 2_000

/**
 * Says on stderr that something is still going on and for how long, where nobody can tell how much is left: on a
 * terminal a line that is kept up to date and goes in the end, elsewhere a plain line every ten seconds.
 */
export async function whileWaiting<T>(what: string, action: () => Promise<T>): Promise<T> {
  const { isTTY } = process.stderr
  const startedAt = performance.now()
  let isShown = false
  const show = (): void => {
    const elapsedMs = performance.now() - startedAt
    if (elapsedMs < PATIENCE_MS) return
    isShown = true
    const line = `${what}: ${formatSpan(elapsedMs)} so far`
    process.stderr.write(isTTY ? `\r\u001b[2K${line}` : `${line}\n`)
  }
  const timer = setInterval(show, isTTY ? 500 : 10_000)
  try {
    return await action()
  } finally {
    clearInterval(timer)
    if (isShown && isTTY) process.stderr.write('\r\u001b[2K')
  }
}
