import type { Tx } from '../open-store.ts'
import { type Exported, OF_MEMBERSHIP, selectMembers } from './find-exported.ts'

export type ExportedRow = Readonly<
  Record<
    string,
    | string
    | number
    | boolean
    | Date
    | null
    | readonly (string | number | null)[]
    | { readonly [member: string]: unknown }
  >
>

export interface ReadOptions {
  /** Adds the sealed newest revision of each row's person. */
  readonly reveal: boolean
  /** Gives instants as microseconds since 1970, in digits, which is what PostgreSQL keeps; else as `Date`. */
  readonly micros: boolean
  readonly batchRows: number
}

/** A row with what is needed to open the person's values; null where there is no living profile. */
export interface RevealableRow {
  readonly row: ExportedRow
  readonly profileId: string | null
  readonly revision: number | null
  readonly sealed: Buffer | null
}

/**
 * Reads published rows by cursor, `batchRows` at a time, in the order of their key: one snapshot, bounded memory.
 * Nothing else may be asked of `tx` meanwhile.
 */
export async function* readExported(tx: Tx, exported: Exported, options: ReadOptions): AsyncGenerator<RevealableRow[]> {
  const columns = exported.columns.map(({ name, type }) => {
    const isOfMember = exported.kind === 'segment' && OF_MEMBERSHIP.includes(name)
    const column = isOfMember ? tx`member.${tx(name)}` : tx`published.${tx(name)}`
    if (!options.micros || type !== 'timestamptz') return column
    return tx`(extract(epoch FROM ${column}) * 1000000)::bigint::text AS ${tx(name)}`
  })
  const list = columns.slice(1).reduce((left, right) => tx`${left}, ${right}`, columns[0] as (typeof columns)[number])
  const from =
    exported.kind === 'segment'
      ? tx`(${selectMembers(tx, exported)}) AS member JOIN onefold_out.unified_profiles AS published USING (profile_id)`
      : tx`onefold_out.${tx(exported.table)} AS published`
  const key = exported.kind === 'segment' ? ['profile_id'] : exported.key
  const order = key
    .slice(1)
    .reduce(
      (left, column) => tx`${left}, published.${tx(column)}`,
      tx`published.${tx(key[0] ?? exported.columns[0]?.name ?? '')}`,
    )
  const rows = tx<Record<string, never>[]>`
    SELECT ${list} ${options.reveal ? tx`, profile.profile_id AS "$profileId", profile.revision AS "$revision", revision.sealed AS "$sealed"` : tx``}
    FROM ${from}
    ${
      options.reveal
        ? tx`LEFT JOIN onefold.profiles AS profile ON profile.pseudonym = published.profile_id AND profile.dissolved_at IS NULL
      LEFT JOIN onefold.profile_revisions AS revision ON revision.profile_id = profile.profile_id AND revision.revision = profile.revision`
        : tx``
    }
    ORDER BY ${order}`.cursor(options.batchRows)
  for await (const batch of rows) {
    yield batch.map((each): RevealableRow => {
      const { $profileId, $revision, $sealed, ...row } = each as Record<string, unknown>
      return {
        row: row as ExportedRow,
        profileId: ($profileId as string | undefined) ?? null,
        revision: ($revision as number | undefined) ?? null,
        sealed: ($sealed as Buffer | undefined) ?? null,
      }
    })
  }
}
