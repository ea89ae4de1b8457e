import { formatNumber } from '../output.ts'

export interface Progress {
  readonly rows: (rows: number) => void
  readonly step: (step: string) => void
  readonly end: () => void
}

/** Nothing is shown of what is over sooner. */
const PATIENCE_MS = 2_000
const BETWEEN_MS = 500
const STEPS = ['read', 'normalise', 'choose rules', 'compare pairs', 'train', 'cluster', 'write']

/**
 * Says on stderr what goes on, once it takes longer: rows and rate while reading, then the step of how many and the
 * time so far. On a terminal one line that changes, elsewhere a line a step.
 */
export function openProgress(): Progress {
  const startedAt = performance.now()
  const isTerminal = process.stderr.isTTY
  let shownAt = 0
  const show = (text: string, isStep: boolean): void => {
    const elapsedMs = performance.now() - startedAt
    if (elapsedMs < PATIENCE_MS || (!isStep && elapsedMs - shownAt < (isTerminal ? BETWEEN_MS : 10_000))) return
    shownAt = elapsedMs
    process.stderr.write(isTerminal ? `\r\u001b[2K${text}` : `${text}\n`)
  }
  const seconds = (): string => `${((performance.now() - startedAt) / 1000).toFixed(1)} s`
  return {
    rows: (rows) => {
      const rate = Math.round(rows / ((performance.now() - startedAt) / 1000))
      show(`read: ${formatNumber(rows)} rows, ${formatNumber(rate)}/s`, false)
    },
    step: (step) => {
      const at = STEPS.indexOf(step) + 1
      show(`${step} (${at} of ${STEPS.length}), ${seconds()} so far`, true)
    },
    end: () => {
      if (isTerminal && shownAt > 0) process.stderr.write('\r\u001b[2K')
    },
  }
}
