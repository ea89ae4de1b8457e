import type { FeatureRow } from '../../feature/feature-row.ts'
import { listFeatures } from '../../feature/features.ts'
import type { Tx } from '../open-store.ts'
import { spellArray } from '../spell-array.ts'

/** What becomes of scores that were made before: a walk makes them anew from everybody; until the next one a buyer keeps them. */
export type FormerScores = 'dropped' | 'kept'

const OWN = listFeatures('person')
const NAMES = OWN.map(([, { name }]) => name)
const SCORES = listFeatures('buyers', 'everybody')

const INSERT = `
  INSERT INTO onefold.features (profile_id, as_of, ${NAMES.join(', ')})
  SELECT profile_id, $1::timestamptz, ${OWN.map(([, { name, type }]) =>
    type === 'instant' ? `to_timestamp(${name} / 1000.0)` : type === 'count' ? `${name}::int` : name,
  ).join(', ')}
  FROM unnest($2::uuid[], ${OWN.map((_, n) => `$${n + 3}::float8[]`).join(', ')}) AS given (profile_id, ${NAMES.join(', ')})
  ON CONFLICT (profile_id) DO UPDATE SET (as_of, ${[...NAMES, ...SCORES.map(([, { name }]) => name)].join(', ')}) = ROW (
    excluded.as_of, ${NAMES.map((name) => `excluded.${name}`).join(', ')},
    ${SCORES.map(([, { name, kind }]) =>
      kind === 'buyers' ? `CASE WHEN excluded.purchases > 0 THEN features.${name} END` : `features.${name}`,
    ).join(', ')})`

/** Writes what was computed of people as of an instant. */
export async function saveFeatures(
  tx: Tx,
  rows: readonly FeatureRow[],
  asOf: Date,
  scores: FormerScores,
): Promise<void> {
  const ids = spellArray(rows.map((row) => row.profileId))
  if (scores === 'dropped') await tx`DELETE FROM onefold.features WHERE profile_id = ANY(${ids}::uuid[])`
  const columns = OWN.map(([member]) => spellArray(rows.map((row) => row[member] ?? null)))
  await tx.unsafe(INSERT, [asOf, ids, ...columns], { prepare: true })
}
