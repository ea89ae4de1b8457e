import type { Tx } from '../open-store.ts'

/** A half-open range of ids; without `to` it has no end. */
export interface IdRange extends Record<string, string> {
  readonly from: string
}

/** Cuts sorted ids into ranges of `size`: each range starts at its first id and ends where the next one starts. */
export function cutRanges(starts: readonly string[]): IdRange[] {
  return starts.map((from, index) => {
    const to = starts[index + 1]
    return to === undefined ? { from } : { from, to }
  })
}

/** Ranges of records at a step of resolution, `size` records each. */
export async function planRecordRanges(tx: Tx, resolution: string, size: number): Promise<IdRange[]> {
  const rows = await tx<{ id: string }[]>`
    SELECT id FROM (
      SELECT record_id AS id, row_number() OVER (ORDER BY record_id) AS place
      FROM onefold.records WHERE resolution = ${resolution}
    ) AS numbered WHERE (place - 1) % ${size} = 0 ORDER BY id`
  return cutRanges(rows.map((row) => row.id))
}

/** `column BETWEEN from AND to` for a range without end, too. */
export const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff'
