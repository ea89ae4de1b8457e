import type { NumberName } from '../../feature/features.ts'
import type { Tx } from '../open-store.ts'

/** Everybody living of whom all of these features are known, by id, with a column a feature. */
export async function loadColumns(
  tx: Tx,
  names: readonly NumberName[],
): Promise<{ readonly ids: readonly string[]; readonly columns: readonly Float64Array[] }> {
  let known = tx`profile.dissolved_at IS NULL`
  for (const name of names) known = tx`${known} AND feature.${tx(name)} IS NOT NULL`
  const rows = await tx<(Record<string, number> & { profile_id: string })[]>`
    SELECT feature.profile_id, ${tx([...names])}
    FROM onefold.features AS feature JOIN onefold.profiles AS profile USING (profile_id)
    WHERE ${known} ORDER BY feature.profile_id`
  return {
    ids: rows.map((row) => row.profile_id),
    columns: names.map((name) => Float64Array.from(rows, (row) => row[name] ?? 0)),
  }
}
