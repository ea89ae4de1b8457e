import type { FeatureRow } from '../../feature/feature-row.ts'
import { FEATURES } from '../../feature/features.ts'
import { isSelected, type ProfileSelection } from '../identity/select-profiles.ts'
import type { Tx } from '../open-store.ts'

const MEMBERS = Object.keys(FEATURES)

/** In the order of `MEMBERS`; instants as ms since 1970. */
const COLUMNS = Object.values(FEATURES)
  .map(({ name, type }) =>
    type === 'instant' ? `(extract(epoch FROM feature.${name}) * 1000)::float8` : `feature.${name}`,
  )
  .join(', ')

/** The features of the living among some profiles, scores included. Sorted by profile. */
export async function loadFeatures(tx: Tx, selection: ProfileSelection): Promise<FeatureRow[]> {
  const rows = await tx`
    SELECT feature.profile_id, ${tx.unsafe(COLUMNS)}
    FROM onefold.features AS feature JOIN onefold.profiles AS profile USING (profile_id)
    WHERE profile.dissolved_at IS NULL AND ${isSelected(tx, tx`feature.profile_id`, selection)}
    ORDER BY feature.profile_id`.values()
  return rows.map((values) => composeRow(values as [string, ...(number | null)[]]))
}

/** Unknown is absent in a feature row, null in a table. */
function composeRow([profileId, ...values]: readonly [string, ...(number | null)[]]): FeatureRow {
  const row: Record<string, unknown> = { profileId }
  for (const [index, value] of values.entries()) if (value !== null) row[MEMBERS[index]!] = value
  return row as unknown as FeatureRow
}
