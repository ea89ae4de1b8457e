import type { FeatureRow } from '../../feature/feature-row.ts'
import { FEATURES } from '../../feature/features.ts'
import { isSelected, type ProfileSelection } from '../identity/select-profiles.ts'
import type { Tx } from '../open-store.ts'

const MEMBERS = Object.keys(FEATURES)

/** In the order of `MEMBERS`, as numbers; instants as ms since 1970. */
const COLUMNS = Object.values(FEATURES)
  .map(({ name, type }) => (type === 'instant' ? `extract(epoch FROM feature.${name}) * 1000` : `feature.${name}`))
  .join(', ')

/** The features of the living among some profiles, scores included. Sorted by profile. */
export async function loadFeatures(tx: Tx, selection: ProfileSelection): Promise<FeatureRow[]> {
  // One text a person: a driver decodes some fifty values one by one.
  const rows = await tx<{ profileId: string; values: string }[]>`
    SELECT feature.profile_id AS "profileId", array_to_json(ARRAY[${tx.unsafe(COLUMNS)}]::float8[])::text AS values
    FROM onefold.features AS feature JOIN onefold.profiles AS profile USING (profile_id)
    WHERE profile.dissolved_at IS NULL AND ${isSelected(tx, tx`feature.profile_id`, selection)}
    ORDER BY feature.profile_id`
  return rows.map(({ profileId, values }) => composeRow(profileId, JSON.parse(values) as (number | null)[]))
}

/** Unknown is absent in a feature row, null in a table. */
function composeRow(profileId: string, values: readonly (number | null)[]): FeatureRow {
  const row: Record<string, unknown> = { profileId }
  for (let place = 0; place < values.length; place += 1) {
    const value = values[place]
    if (value !== null) row[MEMBERS[place]!] = value
  }
  return row as unknown as FeatureRow
}
