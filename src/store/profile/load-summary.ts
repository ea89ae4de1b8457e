import type { Tx } from '../open-store.ts'

/** What is in the house, in numbers. */
export interface Summary {
  readonly sources: readonly {
    readonly source: string
    readonly received: number
    readonly accepted: number
    readonly duplicate: number
    readonly quarantined: number
    readonly rejected: number
  }[]
  readonly records: number
  readonly events: number
  readonly profiles: number
  /** Records beyond the first of their profile: what merging saved. */
  readonly merged: number
  readonly judgedBy: readonly { readonly because: string; readonly matches: number }[]
  readonly sessions: number
  readonly reviews: readonly { readonly reason: string; readonly open: number }[]
  readonly segments: readonly { readonly segmentId: string; readonly name: string; readonly members: number }[]
  readonly topReviews: readonly {
    readonly a: string
    readonly b: string
    readonly reason: string
    readonly weightBits: number
  }[]
}

/** Counts everything from the tables, nothing from memory. */
export async function loadSummary(tx: Tx): Promise<Summary> {
  const sources = await tx<Summary['sources'][number][]>`
    SELECT source, count(*) AS received, count(*) FILTER (WHERE outcome = 'accepted') AS accepted,
      count(*) FILTER (WHERE outcome = 'duplicate') AS duplicate,
      count(*) FILTER (WHERE outcome = 'quarantined') AS quarantined,
      count(*) FILTER (WHERE outcome = 'rejected') AS rejected
    FROM onefold.raw_records JOIN onefold.deliveries USING (delivery_id) GROUP BY source ORDER BY source`
  const [counts] = await tx<{ records: number; events: number; profiles: number; merged: number; sessions: number }[]>`
    SELECT (SELECT count(*) FROM onefold.records) AS records, (SELECT count(*) FROM onefold.events) AS events,
      (SELECT count(*) FROM onefold.profiles WHERE dissolved_at IS NULL) AS profiles,
      (SELECT count(*) - count(DISTINCT profile_id) FROM onefold.profile_members) AS merged,
      (SELECT count(*) FROM onefold.sessions) AS sessions`
  const judgedBy = await tx<Summary['judgedBy'][number][]>`
    SELECT CASE because WHEN 'identifier' THEN 'shared ' || identifier_kind ELSE because END AS because, count(*) AS matches
    FROM onefold.judgements WHERE verdict = 'match' GROUP BY 1 ORDER BY 2 DESC, 1`
  const reviews = await tx<Summary['reviews'][number][]>`
    SELECT reason, count(*) AS open FROM onefold.reviews GROUP BY reason ORDER BY 2 DESC, 1`
  const segments = await tx<Summary['segments'][number][]>`
    SELECT segment_id AS "segmentId", name, members FROM onefold_out.segments ORDER BY segment_id, version`
  const topReviews = await tx<Summary['topReviews'][number][]>`
    SELECT record_a AS a, record_b AS b, reason, weight_bits AS "weightBits" FROM onefold.reviews
    ORDER BY weight_bits DESC, record_a, record_b LIMIT 3`
  return { sources, ...(counts as NonNullable<typeof counts>), judgedBy, reviews, segments, topReviews }
}
