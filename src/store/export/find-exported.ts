import type { SqlFragment, Tx } from '../open-store.ts'

/** A column that is exported, with its type by PostgreSQL's short name: `text`, `int4`, `timestamptz`, `_text` for a list. */
export interface ExportedColumn {
  readonly name: string
  readonly type: string
}

/** What an export is of: a published table, or the members of a segment. */
export type Exported =
  | {
      readonly kind: 'table'
      readonly table: string
      readonly columns: readonly ExportedColumn[]
      readonly key: readonly string[]
    }
  | {
      readonly kind: 'segment'
      readonly segmentId: string
      readonly version: number
      readonly columns: readonly ExportedColumn[]
      /** Who was in it at that instant, in whatever version; now without it. */
      readonly asOf?: Date
    }

/** The columns of a segment that are about the membership; all others are of the profile. */
export const OF_MEMBERSHIP: readonly string[] = ['segment_id', 'version', 'reason', 'valid_from']

/** The published table of that name, else the newest version of the segment of that id; undefined for neither. */
export async function findExported(tx: Tx, name: string): Promise<Exported | undefined> {
  const columns = await loadColumns(tx, name)
  if (columns.length > 0) {
    const key = await tx<{ name: string }[]>`
      SELECT attname AS name FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY(indkey)
      WHERE indrelid = format('onefold_out.%I', ${name}::text)::regclass AND indisprimary
      ORDER BY array_position(indkey::int2[], attnum)`
    // A view has no key; the change feed begins with its place.
    const order = (key.length === 0 ? columns.slice(0, 2) : key).map((column) => column.name)
    return { kind: 'table', table: name, columns, key: order }
  }
  const [segment] = await tx<{ segmentId: string; version: number }[]>`
    SELECT segment_id AS "segmentId", version FROM onefold_out.segments
    WHERE segment_id = ${name} ORDER BY version DESC LIMIT 1`
  if (segment === undefined) return undefined
  const membership = await loadColumns(tx, 'segment_memberships')
  const profile = await loadColumns(tx, 'unified_profiles')
  const ofMembership = membership.filter((column) => OF_MEMBERSHIP.includes(column.name))
  return { kind: 'segment', ...segment, columns: [...ofMembership, ...profile] }
}

/** The memberships that an export of a segment is of, each with the person as they are called now. */
export function selectMembers(
  tx: Tx,
  { segmentId, version, asOf }: Extract<Exported, { kind: 'segment' }>,
): SqlFragment {
  if (asOf === undefined) {
    return tx`
      SELECT * FROM onefold_out.segment_memberships
      WHERE segment_id = ${segmentId} AND version = ${version} AND valid_to IS NULL`
  }
  return tx`
    SELECT DISTINCT ON (coalesce(lead.to_profile_id, profile_id))
      coalesce(lead.to_profile_id, profile_id) AS profile_id, segment_id, version, reason, valid_from, valid_to
    FROM onefold_out.segment_memberships LEFT JOIN onefold_out.profile_redirects AS lead ON from_profile_id = profile_id
    WHERE segment_id = ${segmentId} AND valid_from <= ${asOf} AND (valid_to IS NULL OR valid_to > ${asOf})
    ORDER BY coalesce(lead.to_profile_id, profile_id), version DESC, valid_from`
}

async function loadColumns(tx: Tx, table: string): Promise<ExportedColumn[]> {
  return tx<ExportedColumn[]>`
    SELECT column_name AS name, udt_name AS type FROM information_schema.columns
    WHERE table_schema = 'onefold_out' AND table_name = ${table} ORDER BY ordinal_position`
}
