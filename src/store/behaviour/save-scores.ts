import type { JSONValue } from 'postgres'
import type { FeatureRow } from '../../feature/feature-row.ts'
import { listFeatures } from '../../feature/features.ts'
import type { Fit } from '../../feature/is-fit-due.ts'
import { PURCHASE_FEATURES } from '../../feature/purchase-features.ts'
import type { SqlFragment, Tx } from '../open-store.ts'
import { spellArray } from '../spell-array.ts'
import { keepScoreHistory } from './keep-score-history.ts'

const SCORES = listFeatures('buyers', 'everybody')

const MADE_FROM = Object.values(PURCHASE_FEATURES).map(({ name }) => name)

/**
 * One number for what buyers' scores are made from, with those that are there, and what the index of everybody is made
 * from (`indexed`, features): two states have one by a chance of 2^-64. A sum of hashes, so that no order changes it.
 */
export async function fingerprintScores(tx: Tx, indexed: readonly string[]): Promise<string> {
  const hash = (names: readonly string[]): SqlFragment =>
    tx`coalesce(sum(hash_record_extended((profile_id, ${tx([...names])}), 0)::numeric), 0)`
  const buyers = tx`SELECT ${hash([...MADE_FROM, ...SCORES.map(([, { name }]) => name)])} FROM onefold.features
    WHERE purchase_days > 0`
  const everybody =
    indexed.length === 0 ? tx`SELECT 0` : tx`SELECT ${hash([...indexed, 'composite_index'])} FROM onefold.features`
  const [row] = await tx<{ told: string }[]>`SELECT (${buyers}) || ' ' || (${everybody}) AS told`
  return row?.told ?? ''
}

const UPDATE = `
  UPDATE onefold.features SET ${SCORES.map(([, { name }]) => `${name} = given.${name}`).join(', ')}
  FROM unnest($1::uuid[], ${SCORES.map((_, n) => `$${n + 2}::float8[]`).join(', ')})
    AS given (profile_id, ${SCORES.map(([, { name }]) => name).join(', ')})
  WHERE features.profile_id = given.profile_id
    AND (${SCORES.map(([, { name }]) => `features.${name}`).join(', ')})
      IS DISTINCT FROM (${SCORES.map(([, { name }]) => `given.${name}`).join(', ')})
  RETURNING features.profile_id`

/** A person's scores: those of them that are known. */
export type ScoreRow = Pick<FeatureRow, 'profileId'> & Partial<FeatureRow>

/** What scores were made by, and as of when it was learnt. */
type ScoredBy = Pick<Fit<unknown>, 'asOf' | 'fitted'>

/** What scores were made by: cut points, and the models of what buyers will do. */
export interface Scoring {
  readonly runId: string
  readonly asOf: Date
  readonly method: string
  readonly cutPoints: ScoredBy
  /** Buyers who have recency, frequency and money. */
  readonly scored: number
  /** Absent when too few came back to learn from. */
  readonly lifetime: ScoredBy | undefined
  /** Weights of the composite index; absent when none is declared. */
  readonly index: ScoredBy | undefined
}

/** Writes the scores of some people [E2]. Returns whose are others than before. */
export async function saveScores(tx: Tx, scores: readonly ScoreRow[]): Promise<string[]> {
  const ids = spellArray(scores.map((row) => row.profileId))
  const columns = SCORES.map(([member]) => spellArray(scores.map((row) => row[member] ?? null)))
  const scored = await tx.unsafe<{ profile_id: string }[]>(UPDATE, [ids, ...columns], { prepare: true })
  return scored.map((row) => row.profile_id)
}

/** Takes the composite index from everybody but these people. Returns who had one. */
export async function forgetIndexes(tx: Tx, indexed: readonly string[]): Promise<string[]> {
  const rows = await tx<{ profile_id: string }[]>`
    UPDATE onefold.features SET composite_index = NULL
    WHERE composite_index IS NOT NULL AND NOT profile_id = ANY(${spellArray(indexed)}::uuid[]) RETURNING profile_id`
  return rows.map((row) => row.profile_id)
}

/** Remembers what the scores of everybody, which are saved, were made by, and what they were before [E2]. */
export async function appendScoring(tx: Tx, scoring: Scoring): Promise<void> {
  const { runId, asOf, method, cutPoints, lifetime, index } = scoring
  const json = (by: ScoredBy | undefined) => (by === undefined ? null : tx.json(by.fitted as JSONValue))
  await tx`
    INSERT INTO onefold.scorings (run_id, as_of, method, cut_points, thresholds_as_of, scored, lifetime, model_as_of,
      composite_index, index_as_of)
    VALUES (${runId}, ${asOf}, ${method}, ${json(cutPoints)}, ${cutPoints.asOf}, ${scoring.scored},
      ${json(lifetime)}, ${lifetime?.asOf ?? null}, ${json(index)}, ${index?.asOf ?? null})
    ON CONFLICT (run_id) DO UPDATE SET cut_points = excluded.cut_points, scored = excluded.scored,
      lifetime = excluded.lifetime, composite_index = excluded.composite_index,
      (thresholds_as_of, model_as_of, index_as_of) =
        ROW (excluded.thresholds_as_of, excluded.model_as_of, excluded.index_as_of)`
  await keepScoreHistory(tx, runId, asOf)
}
