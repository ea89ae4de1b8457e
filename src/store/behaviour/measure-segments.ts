import type { Tx } from '../open-store.ts'

/** Members of a segment now. */
export interface SegmentSize {
  readonly segmentId: string
  readonly version: number
  readonly members: number
}

/** Two segments that share members, the one that comes first in the alphabet first. */
export interface SegmentOverlap {
  readonly a: string
  readonly b: string
  /** Members of both, over members of either: 0 to 1. */
  readonly jaccard: number
}

/** How many people there are, how many of them are in each segment, and in two. */
export async function measureSegments(tx: Tx): Promise<{
  readonly people: number
  readonly sizes: readonly SegmentSize[]
  readonly overlaps: readonly SegmentOverlap[]
}> {
  const [[people], sizes, overlaps] = await Promise.all([
    tx<{ count: number }[]>`SELECT count(*) FROM onefold.profiles WHERE dissolved_at IS NULL`,
    tx<SegmentSize[]>`
      SELECT segment_id AS "segmentId", version, count(*) AS members FROM onefold.segment_memberships
      WHERE valid_to IS NULL GROUP BY segment_id, version ORDER BY segment_id, version`,
    tx<SegmentOverlap[]>`
      WITH members AS (
        SELECT DISTINCT segment_id, profile_id FROM onefold.segment_memberships WHERE valid_to IS NULL
      ), sizes AS (
        SELECT segment_id, count(*) AS members FROM members GROUP BY segment_id
      ), shared AS (
        SELECT x.segment_id AS a, y.segment_id AS b, count(*) AS common
        FROM members AS x JOIN members AS y ON y.profile_id = x.profile_id AND x.segment_id < y.segment_id
        GROUP BY x.segment_id, y.segment_id
      )
      SELECT a, b, (common / (x.members + y.members - common)::float8) AS jaccard
      FROM shared JOIN sizes AS x ON x.segment_id = a JOIN sizes AS y ON y.segment_id = b
      ORDER BY jaccard DESC, a, b`,
  ])
  return { people: people?.count ?? 0, sizes, overlaps }
}
