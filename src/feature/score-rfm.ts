import { OnefoldError } from '../errors.ts'
import { rankPercentiles } from './rank-percentiles.ts'
import { scaleZ } from './scale-z.ts'
import { scoreQuintiles } from './score-quintiles.ts'
import type { QuintileMethod } from './score-quintiles.ts'

/** One buyer; ids distinct, numbers finite. */
export interface RfmRow {
  readonly id: string
  readonly recencyDays: number
  readonly frequency: number
  readonly monetary: number
}

/** The same by columns, a place a buyer: a million of them are 24 MB, and as objects ten times that. */
export interface RfmColumns {
  readonly recencyDays: Float64Array
  readonly frequency: Float64Array
  readonly monetary: Float64Array
}

/** How a buyer stands among all. */
export interface RfmStanding {
  /** 1 to 5, 5 the best: the most recent, frequent, valuable. */
  readonly r: number
  readonly f: number
  readonly m: number
  /** 100 r + 10 f + m */
  readonly combined: number
  /** Share of buyers strictly worse, 0 up to but not including 1: 0.8 and above are the top 20 %. */
  readonly recencyPercentile: number
  readonly frequencyPercentile: number
  readonly monetaryPercentile: number
  /** Standard deviations from the mean; positive recency is longer ago. */
  readonly recencyZ: number
  readonly frequencyZ: number
  readonly monetaryZ: number
}

export interface RfmScore extends RfmStanding {
  readonly id: string
}

/** Four values each, ascending. Recency at most the first is R 5; frequency and monetary at most the first are 1. */
export interface RfmCutPoints {
  readonly r: readonly number[]
  readonly f: readonly number[]
  readonly m: readonly number[]
}

/**
 * Scores of 1 to 5 for recency, frequency and money of all buyers, with the cut points that explain them: `scoreRfmColumns`
 * by rows in any order, whose ids are compared by UTF-16 units (collation "C" for ASCII). Scores come in the order of the
 * rows. Throws what that throws, and `rfm.repeated_id` (invariant).
 */
export function scoreRfm(
  rows: readonly RfmRow[],
  method: QuintileMethod,
  cutPoints?: RfmCutPoints,
): { scores: RfmScore[]; cutPoints: RfmCutPoints } {
  const columns = {
    recencyDays: Float64Array.from(rows, (row) => row.recencyDays),
    frequency: Float64Array.from(rows, (row) => row.frequency),
    monetary: Float64Array.from(rows, (row) => row.monetary),
  }
  const { standingOf, cutPoints: made } = scoreRfmColumns(columns, method, cutPoints, orderById(rows))
  return { scores: rows.map(({ id }, index) => ({ id, ...standingOf(index) })), cutPoints: made }
}

/**
 * Scores of 1 to 5 for recency, frequency and money of all buyers, by their place in the columns, with the cut points that
 * explain them. `ntile`: five bins of equal size, equal values parted by `byId`, the places in the order of ids, as
 * PostgreSQL's `ntile(5)` ordered by value, then id (recency descending). `cume_dist`: five times the share at most as good,
 * rounded up: equal values have equal scores, bins differ in size. `fixed`: by given cut points, a value equal to one is
 * still within it (`deriveCutPoints`). Order-free. Throws `rfm.not_finite` (invariant) and, when `fixed` has not four of
 * each, `rfm.no_cut_points` (settings).
 */
export function scoreRfmColumns(
  { recencyDays, frequency, monetary }: RfmColumns,
  method: QuintileMethod,
  cutPoints: RfmCutPoints = { r: [], f: [], m: [] },
  byId: Uint32Array = Uint32Array.from(recencyDays.keys()),
): { standingOf: (index: number) => RfmStanding; cutPoints: RfmCutPoints } {
  if (method === 'fixed' && ![cutPoints.r, cutPoints.f, cutPoints.m].every((points) => points.length === 4)) {
    throw new OnefoldError('settings', 'rfm.no_cut_points', 'Fixed RFM scores need four cut points for each measure.')
  }
  if (![recencyDays, frequency, monetary].every((values) => values.every(Number.isFinite))) {
    throw new OnefoldError('invariant', 'rfm.not_finite', 'A buyer has no finite recency, frequency or money.', {
      details: { rows: recencyDays.length },
    })
  }
  const r = scoreQuintiles(recencyDays, byId, 'lower', method, cutPoints.r)
  const f = scoreQuintiles(frequency, byId, 'higher', method, cutPoints.f)
  const m = scoreQuintiles(monetary, byId, 'higher', method, cutPoints.m)
  const recencyPercentiles = rankPercentiles(recencyDays.map((days) => -days))
  const frequencyPercentiles = rankPercentiles(frequency)
  const monetaryPercentiles = rankPercentiles(monetary)
  const recencyZ = scaleZ(recencyDays)
  const frequencyZ = scaleZ(frequency)
  const monetaryZ = scaleZ(monetary)
  const standingOf = (index: number): RfmStanding => {
    const [scoreR, scoreF, scoreM] = [r.scores[index] ?? 0, f.scores[index] ?? 0, m.scores[index] ?? 0]
    return {
      r: scoreR,
      f: scoreF,
      m: scoreM,
      combined: scoreR * 100 + scoreF * 10 + scoreM,
      recencyPercentile: recencyPercentiles[index] ?? 0,
      frequencyPercentile: frequencyPercentiles[index] ?? 0,
      monetaryPercentile: monetaryPercentiles[index] ?? 0,
      recencyZ: recencyZ[index] ?? 0,
      frequencyZ: frequencyZ[index] ?? 0,
      monetaryZ: monetaryZ[index] ?? 0,
    }
  }
  return { standingOf, cutPoints: { r: r.cutPoints, f: f.cutPoints, m: m.cutPoints } }
}

/** Positions in the order of ids. Rows read from the database are in it already: sorting a million ids takes seconds. */
function orderById(rows: readonly RfmRow[]): Uint32Array {
  const isOrdered = rows.every(({ id }, index) => index === 0 || (rows[index - 1]?.id ?? '') < id)
  if (isOrdered) return Uint32Array.from(rows, (_, index) => index)
  const positions = new Map(rows.map(({ id }, index) => [id, index]))
  if (positions.size < rows.length) {
    throw new OnefoldError('invariant', 'rfm.repeated_id', 'A buyer is there twice.', {
      details: { rows: rows.length, ids: positions.size },
    })
  }
  // Sorting text without a comparison function is several times faster, and by UTF-16 units all the same.
  return Uint32Array.from([...positions.keys()].sort(), (id) => positions.get(id) ?? 0)
}
