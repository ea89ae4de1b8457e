import type { FeatureRow } from '../../feature/feature-row.ts'
import { listFeatures } from '../../feature/features.ts'
import type { Tx } from '../open-store.ts'
import { spellArray } from '../spell-array.ts'

/** A person's features, and until when time alone does not change them: ms since 1970, Infinity for ever. */
export interface ComputedFeatures {
  readonly row: FeatureRow
  readonly staleAt: number
}

const OWN = listFeatures('person')
const NAMES = OWN.map(([, { name }]) => name)
const SCORES = listFeatures('buyers', 'everybody')

const INSERT = `
  INSERT INTO onefold.features (profile_id, as_of, stale_at, ${NAMES.join(', ')})
  SELECT profile_id, $1::timestamptz, to_timestamp(stale_at / 1000.0), ${OWN.map(([, { name, type }]) =>
    type === 'instant' ? `to_timestamp(${name} / 1000.0)` : type === 'count' ? `${name}::int` : name,
  ).join(', ')}
  FROM unnest($2::uuid[], $3::float8[], ${OWN.map((_, n) => `$${n + 4}::float8[]`).join(', ')})
    AS given (profile_id, stale_at, ${NAMES.join(', ')})
  ON CONFLICT (profile_id) DO UPDATE SET (as_of, stale_at, ${[...NAMES, ...SCORES.map(([, { name }]) => name)].join(', ')}) = ROW (
    excluded.as_of, excluded.stale_at, ${NAMES.map((name) => `excluded.${name}`).join(', ')},
    ${SCORES.map(([, { name, kind }]) =>
      kind === 'buyers' ? `CASE WHEN excluded.purchases > 0 THEN features.${name} END` : `features.${name}`,
    ).join(', ')})`

/** Writes what was computed of people as of an instant. Scores are left as they were made last; who is no buyer has none. */
export async function saveFeatures(tx: Tx, computed: readonly ComputedFeatures[], asOf: Date): Promise<void> {
  const ids = spellArray(computed.map(({ row }) => row.profileId))
  const columns = OWN.map(([member]) => spellArray(computed.map(({ row }) => row[member] ?? null)))
  const staleAt = spellArray(computed.map((each) => each.staleAt))
  await tx.unsafe(INSERT, [asOf, ids, staleAt, ...columns], { prepare: true })
}

/** Makes the features of these profiles due to be computed: something new is known of them. */
export async function markStale(tx: Tx, profiles: readonly string[]): Promise<void> {
  await tx`
    UPDATE onefold.features SET stale_at = '-infinity'
    WHERE profile_id = ANY(${spellArray(profiles)}::uuid[]) AND stale_at > '-infinity'`
}
