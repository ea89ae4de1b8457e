import { formatSpan } from './format-span.ts'
import { formatNumber } from './output.ts'

export interface ProgressLine {
  /** What goes on. */
  readonly label: string
  /** 0 to 1. */
  readonly share: number
  /** What was done so far, in `unit`, and how many of them in a second. */
  readonly done: number
  readonly rate: number
  readonly unit: string
  /** The share done in a millisecond; 0 while that is not known. */
  readonly pace: number
}

/** One line with a bar of 24 steps, the share, the rate and the time left; of what is not known nothing is said. */
export function formatProgress({ label, share: said, done, rate, unit, pace }: ProgressLine): string {
  const share = Math.min(1, said)
  const bar = '█'.repeat(Math.round(share * 24)).padEnd(24, '░')
  const left = share > 0.01 && pace > 0 ? `, about ${formatSpan((1 - share) / pace)} left` : ''
  const amount = done > 0 ? `  ${formatNumber(done)} ${unit}, ${formatNumber(Math.round(rate))}/s` : ''
  return `${label} ${bar} ${String(Math.round(share * 100)).padStart(3)} %${amount}${left}`
}
