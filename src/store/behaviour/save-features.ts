import { COMPUTED, type FeatureColumns } from '../../feature/feature-columns.ts'
import { listFeatures } from '../../feature/features.ts'
import type { SqlFragment, Tx } from '../open-store.ts'
import { spellArray, spellNumbers } from '../spell-array.ts'

const NAMES = COMPUTED.map(([, { name }]) => name)
const SCORES = listFeatures('buyers', 'everybody')

const INSERT = `
  INSERT INTO onefold.features (profile_id, as_of, ${NAMES.join(', ')})
  SELECT profile_id, $1::timestamptz, ${COMPUTED.map(([, { name, type }]) =>
    type === 'instant' ? `to_timestamp(${name} / 1000.0)` : type === 'count' ? `${name}::int` : name,
  ).join(', ')}
  FROM unnest($2::uuid[], ${COMPUTED.map((_, n) => `$${n + 3}::float8[]`).join(', ')})
    AS given (profile_id, ${NAMES.join(', ')})
  ON CONFLICT (profile_id) DO UPDATE SET (as_of, ${[...NAMES, ...SCORES.map(([, { name }]) => name)].join(', ')}) = ROW (
    excluded.as_of, ${NAMES.map((name) => `excluded.${name}`).join(', ')},
    ${SCORES.map(([, { name, kind }]) =>
      kind === 'buyers' ? `CASE WHEN excluded.purchases > 0 THEN features.${name} END` : `features.${name}`,
    ).join(', ')})`

/** Writes what was computed of people as of an instant. Scores are left as they were made last; who is no buyer has none. */
export async function saveFeatures(tx: Tx, computed: readonly FeatureColumns[], asOf: Date): Promise<void> {
  const ids = spellArray(computed.flatMap(({ profileIds }) => profileIds))
  const spell = (columnOf: (features: FeatureColumns) => Float64Array): string =>
    spellNumbers(computed.map((features) => columnOf(features).subarray(0, features.profileIds.length)))
  const columns = COMPUTED.map((_, n) => spell((features) => features.columns[n]!))
  const staleAt = spell((features) => features.staleAt)
  await Promise.all([
    tx.unsafe(INSERT, [asOf, ids, ...columns], { prepare: true }),
    tx`
    INSERT INTO onefold.feature_due AS kept (profile_id, due_at)
    SELECT profile_id, to_timestamp(stale_at / 1000.0) FROM unnest(${ids}::uuid[], ${staleAt}::float8[]) AS given (profile_id, stale_at)
    ON CONFLICT (profile_id) DO UPDATE SET due_at = excluded.due_at WHERE kept.due_at <> excluded.due_at`,
  ])
}

/** Makes the features of the profiles that `profiles` (ids, or a query of `profile_id`) gives due: something new is known of them. */
export async function markStale(tx: Tx, profiles: readonly string[] | SqlFragment): Promise<void> {
  const given = Array.isArray(profiles) ? tx`SELECT unnest(${spellArray(profiles)}::uuid[]) AS profile_id` : profiles
  await tx`
    INSERT INTO onefold.feature_due AS kept (profile_id, due_at)
    SELECT profile_id, '-infinity' FROM (${given as SqlFragment}) AS given
    ON CONFLICT (profile_id) DO UPDATE SET due_at = excluded.due_at WHERE kept.due_at > excluded.due_at`
}
