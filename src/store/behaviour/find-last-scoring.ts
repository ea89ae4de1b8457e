import type { RfmCutPoints } from '../../feature/score-rfm.ts'
import type { HoldOut } from '../../feature/lifetime/fit-lifetime.ts'
import type { Sql } from '../open-store.ts'

/** A model as fitted: its parameters by their names in the papers. */
interface Fitted {
  readonly parameters: Readonly<Record<string, number>>
  readonly logLikelihood: number
  readonly converged: boolean
}

/** What the last run scored buyers by. */
export interface LastScoring {
  readonly asOf: Date
  readonly method: string
  readonly scored: number
  readonly cutPoints: RfmCutPoints
  /** As of when cut points, models and weights were learnt; null of what there is not. */
  readonly thresholdsAsOf: Date | null
  readonly modelAsOf: Date | null
  readonly indexAsOf: Date | null
  readonly lifetime:
    | (Fitted & {
        readonly model: string
        readonly spending: Fitted | null
        readonly buyers: number
        readonly repeatBuyers: number
        readonly correlation?: number
        readonly holdOut?: HoldOut
        readonly horizonDays: number
        readonly discount: number
      })
    | null
  readonly index: {
    readonly features: readonly string[]
    readonly weights: readonly number[]
    readonly explained?: number
  } | null
}

/** What the last run scored buyers by; undefined when none did. */
export async function findLastScoring(sql: Sql): Promise<LastScoring | undefined> {
  const [last] = await sql<LastScoring[]>`
    SELECT as_of AS "asOf", method, scored, cut_points AS "cutPoints", lifetime, composite_index AS index,
      thresholds_as_of AS "thresholdsAsOf", model_as_of AS "modelAsOf", index_as_of AS "indexAsOf"
    FROM onefold.scorings JOIN onefold.runs USING (run_id) ORDER BY started_at DESC, run_id DESC LIMIT 1`
  return last
}
