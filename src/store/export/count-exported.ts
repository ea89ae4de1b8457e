import type { Tx } from '../open-store.ts'
import { type Exported, selectMembers } from './find-exported.ts'

/** How many rows an export has. */
export async function countExported(tx: Tx, exported: Exported): Promise<number> {
  const rows =
    exported.kind === 'table'
      ? await tx<{ rows: number }[]>`SELECT count(*) AS rows FROM onefold_out.${tx(exported.table)}`
      : await tx<{ rows: number }[]>`
          SELECT count(*) AS rows FROM (${selectMembers(tx, exported)}) AS member
          JOIN onefold_out.unified_profiles USING (profile_id)`
  return rows[0]?.rows ?? 0
}
