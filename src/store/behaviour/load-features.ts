import type { FeatureRow } from '../../feature/feature-row.ts'
import { FEATURES } from '../../feature/features.ts'
import { isSelected, type ProfileSelection } from '../identity/select-profiles.ts'
import type { Tx } from '../open-store.ts'

/** Each feature under the name of its member; instants as ms since 1970. */
const COLUMNS = Object.entries(FEATURES)
  .map(([member, { name, type }]) => {
    const value = type === 'instant' ? `(extract(epoch FROM feature.${name}) * 1000)::float8` : `feature.${name}`
    return `${value} AS "${member}"`
  })
  .join(', ')

/** The features of the living among some profiles, scores included. Sorted by profile. */
export async function loadFeatures(tx: Tx, selection: ProfileSelection): Promise<FeatureRow[]> {
  const rows = await tx<Record<string, unknown>[]>`
    SELECT feature.profile_id AS "profileId", ${tx.unsafe(COLUMNS)}
    FROM onefold.features AS feature JOIN onefold.profiles AS profile USING (profile_id)
    WHERE profile.dissolved_at IS NULL AND ${isSelected(tx, tx`feature.profile_id`, selection)}
    ORDER BY feature.profile_id`
  // Unknown is absent in a feature row, null in a table.
  return rows.map(
    (row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as unknown as FeatureRow,
  )
}
