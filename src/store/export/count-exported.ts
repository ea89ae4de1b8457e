import type { Tx } from '../open-store.ts'
import type { Exported } from './find-exported.ts'

/** How many rows an export has. */
export async function countExported(tx: Tx, exported: Exported): Promise<number> {
  const rows =
    exported.kind === 'table'
      ? await tx<{ rows: number }[]>`SELECT count(*) AS rows FROM onefold_out.${tx(exported.table)}`
      : await tx<{ rows: number }[]>`
          SELECT count(*) AS rows FROM onefold_out.segment_memberships
          WHERE segment_id = ${exported.segmentId} AND version = ${exported.version} AND valid_to IS NULL`
  return rows[0]?.rows ?? 0
}
