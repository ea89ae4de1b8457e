import type { Tx } from '../open-store.ts'

/** What an export is of: a published table, or the members of a segment. */
export type Exported =
  | {
      readonly kind: 'table'
      readonly table: string
      readonly columns: readonly string[]
      readonly key: readonly string[]
    }
  | {
      readonly kind: 'segment'
      readonly segmentId: string
      readonly version: number
      readonly columns: readonly string[]
    }

/** The published table of that name, else the newest version of the segment of that id; undefined for neither. */
export async function findExported(tx: Tx, name: string): Promise<Exported | undefined> {
  const columns = await loadColumns(tx, name)
  if (columns.length > 0) {
    const key = await tx<{ attname: string }[]>`
      SELECT attname FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY(indkey)
      WHERE indrelid = format('onefold_out.%I', ${name}::text)::regclass AND indisprimary
      ORDER BY array_position(indkey::int2[], attnum)`
    return { kind: 'table', table: name, columns, key: key.map((row) => row.attname) }
  }
  const [segment] = await tx<{ segmentId: string; version: number }[]>`
    SELECT segment_id AS "segmentId", version FROM onefold_out.segments
    WHERE segment_id = ${name} ORDER BY version DESC LIMIT 1`
  if (segment === undefined) return undefined
  const profile = await loadColumns(tx, 'unified_profiles')
  return { kind: 'segment', ...segment, columns: ['segment_id', 'version', 'reason', 'valid_from', ...profile] }
}

async function loadColumns(tx: Tx, table: string): Promise<string[]> {
  const rows = await tx<{ column_name: string }[]>`
    SELECT column_name FROM information_schema.columns
    WHERE table_schema = 'onefold_out' AND table_name = ${table} ORDER BY ordinal_position`
  return rows.map((row) => row.column_name)
}
