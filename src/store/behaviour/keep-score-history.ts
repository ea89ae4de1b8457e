import type { Tx } from '../open-store.ts'

/** Scores that make a new row whenever they are others. */
const EXACT = ['r', 'f', 'm'] as const
/** Values that make one when they moved by more than a tenth. */
const ROUGH = ['p_alive', 'expected_purchases', 'lifetime_value', 'composite_index'] as const

const VALUES = [...EXACT, 'rfm_score', ...ROUGH]
const NAMES = VALUES.join(', ')

const HAS_MOVED = [
  ...EXACT.map((name) => `kept.${name} IS DISTINCT FROM feature.${name}`),
  ...ROUGH.map(
    (name) => `(kept.${name} IS NULL) <> (feature.${name} IS NULL)
      OR abs(feature.${name} - kept.${name}) > 0.1 * greatest(1, abs(kept.${name}))`,
  ),
].join(' OR ')

/**
 * Keeps of everybody what their scores are from now on, as of the instant of a scoring (`scoring`, its run) [E2]. A new row
 * begins when R, F or M is another, when a value moved by more than a tenth, of 1 or of itself if that is more, from where
 * the row has it, or when one begins or ceases to be known; else the row that holds goes on. Ranks and z-scores move with
 * each purchase of anybody, so that they would write everybody anew each day: they are not kept. A tenth is counted from
 * the row, so that nothing goes to and fro at an edge. Who merged or ended has no open row. History goes forward: a scoring
 * as of an instant before that of another, or of one that is still to come, leaves it as it is. Safe twice.
 */
export async function keepScoreHistory(tx: Tx, scoring: string, asOf: Date): Promise<void> {
  const isLatest = tx`${asOf} <= now() AND NOT EXISTS (SELECT FROM onefold.scorings WHERE as_of > ${asOf} AND as_of <= now())`
  const names = tx.unsafe(NAMES)
  await tx`
    UPDATE onefold.score_history AS kept SET valid_to = ${asOf} FROM onefold.features AS feature
    WHERE kept.profile_id = feature.profile_id AND kept.valid_to IS NULL AND (${tx.unsafe(HAS_MOVED)}) AND ${isLatest}`
  await tx`
    INSERT INTO onefold.score_history (profile_id, valid_from, scoring, ${names})
    SELECT profile_id, ${asOf}, ${scoring}, ${names}
    FROM onefold.features AS feature JOIN onefold.profiles AS profile USING (profile_id)
    WHERE dissolved_at IS NULL AND (r IS NOT NULL OR p_alive IS NOT NULL OR composite_index IS NOT NULL)
      AND NOT EXISTS (
        SELECT FROM onefold.score_history AS kept WHERE kept.profile_id = feature.profile_id AND valid_to IS NULL)
      AND ${isLatest}
    -- Scored a second time as of one instant: it says something else of it now.
    ON CONFLICT (profile_id, valid_from) DO UPDATE SET (valid_to, scoring, ${names}) =
      ROW (NULL, excluded.scoring, ${tx.unsafe(VALUES.map((name) => `excluded.${name}`).join(', '))})`
}
