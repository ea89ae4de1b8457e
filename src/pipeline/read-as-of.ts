import type { Run } from '../store/run/load-run.ts'

/** What numbers refer to, and whether that is the time at which they are made: not so when somebody chose it. */
export interface Instant {
  readonly asOf: Date
  readonly isLive: boolean
}

/** The instant a run's numbers refer to: what was asked for, else when the run began (database clock). */
export function readAsOf(run: Pick<Run, 'params' | 'startedAt'>): Date {
  const asked = run.params['asOf']
  return typeof asked === 'string' ? new Date(asked) : run.startedAt
}

/** Whether a run's numbers refer to when it began, not to an instant that somebody chose. */
export function isOfNow({ params }: Pick<Run, 'params'>): boolean {
  return params['asOf'] === undefined
}
