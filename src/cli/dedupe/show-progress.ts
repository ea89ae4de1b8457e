import { formatNumber } from '../output.ts'

export interface Progress {
  readonly rows: (rows: number) => void
  readonly step: (step: string) => void
  /** How much of the step is done, above 0 up to 1. */
  readonly share: (share: number) => void
  readonly end: () => void
}

/** Nothing is shown of what is over sooner. */
const PATIENCE_MS = 2_000
const BETWEEN_MS = 500
const STEPS = ['read', 'normalise', 'choose rules', 'compare pairs', 'train', 'cluster', 'write']

/**
 * Says on stderr what goes on, once it takes longer: rows and rate while reading, then the step of how many and the
 * time so far, and of the longest step its share, rate and the time left. On a terminal one line that changes,
 * elsewhere a line a step.
 */
export function openProgress(): Progress {
  const startedAt = performance.now()
  const isTerminal = process.stderr.isTTY
  let shownAt = 0
  let stepAt = startedAt
  let now = ''
  const show = (text: string, isStep: boolean): void => {
    const elapsedMs = performance.now() - startedAt
    if (elapsedMs < PATIENCE_MS || (!isStep && elapsedMs - shownAt < (isTerminal ? BETWEEN_MS : 10_000))) return
    shownAt = elapsedMs
    process.stderr.write(isTerminal ? `\r\u001b[2K${text}` : `${text}\n`)
  }
  const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`
  return {
    rows: (rows) => {
      const rate = Math.round(rows / ((performance.now() - startedAt) / 1000))
      show(`read: ${formatNumber(rows)} rows, ${formatNumber(rate)}/s`, false)
    },
    step: (step) => {
      stepAt = performance.now()
      now = `${step} (${STEPS.indexOf(step) + 1} of ${STEPS.length})`
      show(`${now}, ${seconds(stepAt - startedAt)} so far`, true)
    },
    share: (share) => {
      const spentMs = performance.now() - stepAt
      const percent = Math.floor(share * 100)
      const rate = ((share * 100) / (spentMs / 1000)).toFixed(1)
      show(`${now}: ${percent} %, ${rate} %/s, about ${seconds((spentMs / share) * (1 - share))} left`, false)
    },
    end: () => {
      if (isTerminal && shownAt > 0) process.stderr.write('\r\u001b[2K')
    },
  }
}
