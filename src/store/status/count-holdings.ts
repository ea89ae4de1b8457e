import type { Tx } from '../open-store.ts'

/** What there is, in rows. */
export interface Holdings {
  readonly ledger: Readonly<Record<string, number>>
  readonly recordsByResolution: Readonly<Record<string, number>>
  readonly events: number
  readonly profiles: number
  readonly merges: number
  readonly splits: number
  readonly redirects: number
  readonly reviewsByReason: Readonly<Record<string, number>>
  readonly sessions: number
  readonly segments: readonly {
    readonly segmentId: string
    readonly version: number
    readonly name: string
    readonly members: number
    readonly asOf: Date
  }[]
}

/** Counts what the tables hold now. Names without rows are not in the result. */
export async function countHoldings(tx: Tx): Promise<Holdings> {
  const [counts, segments] = await Promise.all([
    tx<Omit<Holdings, 'segments'>[]>`
      SELECT
        (SELECT coalesce(jsonb_object_agg(outcome, rows), '{}')
         FROM (SELECT outcome, count(*) AS rows FROM onefold.raw_records GROUP BY outcome) AS by_outcome) AS ledger,
        (SELECT coalesce(jsonb_object_agg(resolution, rows), '{}')
         FROM (SELECT resolution, count(*) AS rows FROM onefold.records GROUP BY resolution) AS by_step) AS "recordsByResolution",
        (SELECT count(*) FROM onefold.events) AS events,
        (SELECT count(*) FROM onefold.profiles WHERE dissolved_at IS NULL) AS profiles,
        (SELECT count(*) FROM onefold.merges WHERE kind = 'merged') AS merges,
        (SELECT count(*) FROM onefold.merges WHERE kind = 'split') AS splits,
        (SELECT count(*) FROM onefold.redirects WHERE until IS NULL) AS redirects,
        (SELECT coalesce(jsonb_object_agg(reason, rows), '{}')
         FROM (SELECT reason, count(*) AS rows FROM onefold.reviews GROUP BY reason) AS by_reason) AS "reviewsByReason",
        (SELECT count(*) FROM onefold.sessions) AS sessions`,
    tx<Holdings['segments'][number][]>`
      SELECT segment_id AS "segmentId", version, name, members, as_of AS "asOf"
      FROM onefold_out.segments ORDER BY segment_id, version`,
  ])
  return { ...(counts[0] as Omit<Holdings, 'segments'>), segments }
}
