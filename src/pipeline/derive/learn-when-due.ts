import type { JSONValue } from 'postgres'
import type { Settings } from '../../config/settings.ts'
import type { Crowd } from '../../feature/estimate-turnover.ts'
import { type Fit, isFitDue } from '../../feature/is-fit-due.ts'
import { parseDuration } from '../../record/parse-duration.ts'
import { appendFit } from '../../store/behaviour/append-fit.ts'
import { findLastFit, type FitKind } from '../../store/behaviour/find-last-fit.ts'
import type { Tx } from '../../store/open-store.ts'

/** A scoring that goes by what was learnt, or learns it. */
export interface Learner {
  readonly tx: Tx
  readonly settings: Settings
  readonly runId: string
  readonly asOf: Date
  /** Somebody asked for all to be learnt anew. */
  readonly isAsked: boolean
}

/** What is gone by, and as of when it was learnt. */
export type Learnt<Fitted> = Pick<Fit<Fitted>, 'asOf' | 'fitted'>

const SCHEDULES = { lifetime: 'models', composite_index: 'models', thresholds: 'thresholds' } as const

/** By which settings each is learnt: others have it learnt anew. */
const LEARNT_BY: Readonly<Record<FitKind, (settings: Settings) => JSONValue>> = {
  lifetime: ({ lifetime: { model } }) => ({ model }),
  composite_index: ({ composite_index: index = null }) => index as unknown as JSONValue,
  thresholds: ({ rfm: { method, period_days: periodDays = null } }) => ({ method, periodDays }),
}

/**
 * What scores go by [F6]: what was learnt last, unless it is due to be learnt anew: there is none, its settings are others,
 * it is as old as its schedule says or of a time to come, more than a tenth of `crowd`, of whom it is learnt, came or went
 * since, or of what is known of them, or somebody asks for it. Undefined where nothing can be learnt; then the next scoring tries again.
 */
export async function learnWhenDue<Fitted>(
  { tx, settings, runId, asOf, isAsked }: Learner,
  kind: FitKind,
  crowd: Crowd,
  learn: () => Promise<Fitted | undefined> | Fitted | undefined,
): Promise<Learnt<Fitted> | undefined> {
  const by = LEARNT_BY[kind](settings)
  const last = isAsked ? undefined : await findLastFit<Fitted>(tx, kind, by)
  if (last !== undefined && !isFitDue(last, asOf, readSchedule(settings, kind), crowd)) return last
  const fitted = await learn()
  if (fitted === undefined) return undefined
  await appendFit(tx, { runId, kind, settings: by }, { ...crowd, asOf, fitted: fitted as JSONValue })
  return { asOf, fitted }
}

/**
 * Whether time alone makes something due, for whoever would do nothing since nothing else is another: what every walk learns
 * would come out the same.
 */
export async function isAnyOld({ tx, settings, asOf }: Learner): Promise<boolean> {
  for (const kind of Object.keys(SCHEDULES) as FitKind[]) {
    const last = await findLastFit(tx, kind, LEARNT_BY[kind](settings))
    const everyMs = readSchedule(settings, kind)
    if (last !== undefined && everyMs > 0 && isFitDue(last, asOf, everyMs)) return true
  }
  return false
}

/** Milliseconds; 0 for every walk. */
function readSchedule({ schedules }: Settings, kind: FitKind): number {
  const every = schedules[SCHEDULES[kind]]
  return every === 'run' ? 0 : parseDuration(every)
}
