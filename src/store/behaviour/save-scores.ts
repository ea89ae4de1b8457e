import type { JSONValue } from 'postgres'
import type { RfmScore } from '../../feature/score-rfm.ts'
import type { Tx } from '../open-store.ts'

/** Everybody who bought, as RFM sees them, by id. */
export async function loadBuyers(
  tx: Tx,
): Promise<{ id: string; recencyDays: number; frequency: number; monetary: number }[]> {
  return tx<{ id: string; recencyDays: number; frequency: number; monetary: number }[]>`
    SELECT feature.profile_id AS id, recency_days AS "recencyDays", purchases AS frequency, total_spent AS monetary
    FROM onefold.features AS feature JOIN onefold.profiles AS profile USING (profile_id)
    WHERE purchases > 0 AND profile.dissolved_at IS NULL ORDER BY profile_id`
}

/** Writes the scores of buyers and remembers the cut points they were made with [E2]. */
export async function saveScores(
  tx: Tx,
  scoring: { readonly runId: string; readonly asOf: Date; readonly method: string; readonly cutPoints: JSONValue },
  scores: readonly RfmScore[],
): Promise<void> {
  await tx`
    UPDATE onefold.features SET r = given.r, f = given.f, m = given.m, rfm_score = given.score,
      recency_percentile = given.rp, frequency_percentile = given.fp, monetary_percentile = given.mp
    FROM unnest(
      ${scores.map((row) => row.id)}::uuid[], ${scores.map((row) => row.r)}::int[], ${scores.map((row) => row.f)}::int[],
      ${scores.map((row) => row.m)}::int[], ${scores.map((row) => row.combined)}::int[],
      ${scores.map((row) => row.recencyPercentile)}::float8[], ${scores.map((row) => row.frequencyPercentile)}::float8[],
      ${scores.map((row) => row.monetaryPercentile)}::float8[]
    ) AS given (id, r, f, m, score, rp, fp, mp)
    WHERE features.profile_id = given.id`
  await tx`
    INSERT INTO onefold.scorings (run_id, as_of, method, cut_points, scored)
    VALUES (${scoring.runId}, ${scoring.asOf}, ${scoring.method}, ${tx.json(scoring.cutPoints)}, ${scores.length})
    ON CONFLICT (run_id) DO UPDATE SET cut_points = excluded.cut_points, scored = excluded.scored`
}
