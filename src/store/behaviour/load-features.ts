import type { FeatureRow } from '../../feature/feature-row.ts'
import { type FeatureMember, FEATURES } from '../../feature/features.ts'
import { isSelected, type ProfileSelection } from '../identity/select-profiles.ts'
import type { Tx } from '../open-store.ts'

/** These features of some profiles, scores included; others are absent. Sorted by profile. Who lives no more has none. */
export async function loadFeatures(
  tx: Tx,
  selection: ProfileSelection,
  members: readonly FeatureMember[],
): Promise<FeatureRow[]> {
  // One text a person: a driver decodes values one by one. Numbers, instants as ms since 1970.
  const columns = members.map((member) => {
    const { name, type } = FEATURES[member]
    return type === 'instant' ? `extract(epoch FROM feature.${name}) * 1000` : `feature.${name}`
  })
  const rows = await tx<{ profileId: string; values: string }[]>`
    SELECT feature.profile_id AS "profileId", array_to_json(ARRAY[${tx.unsafe(columns.join(', '))}]::float8[])::text AS values
    FROM onefold.features AS feature WHERE ${isSelected(tx, tx`feature.profile_id`, selection)}
    ORDER BY feature.profile_id`
  return rows.map(({ profileId, values }) => composeRow(profileId, members, JSON.parse(values) as (number | null)[]))
}

/** Unknown is absent in a feature row, null in a table. */
function composeRow(
  profileId: string,
  members: readonly FeatureMember[],
  values: readonly (number | null)[],
): FeatureRow {
  const row: Record<string, unknown> = { profileId }
  for (let place = 0; place < values.length; place += 1) {
    const value = values[place]
    if (value !== null) row[members[place]!] = value
  }
  return row as unknown as FeatureRow
}
