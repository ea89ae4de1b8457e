import type { Run } from '../store/run/load-run.ts'

/** The instant a run's numbers refer to: what was asked for, else when the run began (database clock). */
export function readAsOf(run: Pick<Run, 'params' | 'startedAt'>): Date {
  const asked = run.params['asOf']
  return typeof asked === 'string' ? new Date(asked) : run.startedAt
}
