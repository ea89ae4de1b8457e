import type { Tx } from '../open-store.ts'

/** Records by their place in the ledger, from the first up to but not including the last. */
export interface SeqRange extends Record<string, number> {
  readonly from: number
  readonly to: number
}

/**
 * Ranges of records at a step of resolution, `size` records each; the last has no end but the largest place. By place,
 * because an index over growing numbers costs an insert next to nothing, one over hashed ids 7 µs (PostgreSQL 18, 2026).
 */
export async function planRecordRanges(tx: Tx, resolution: string, size: number): Promise<SeqRange[]> {
  const rows = await tx<{ seq: number }[]>`
    SELECT seq FROM (
      SELECT seq, row_number() OVER (ORDER BY seq) AS place FROM onefold.records WHERE resolution = ${resolution}
    ) AS numbered WHERE (place - 1) % ${size} = 0 ORDER BY seq`
  return rows.map(({ seq }, index) => ({ from: seq, to: rows[index + 1]?.seq ?? Number.MAX_SAFE_INTEGER }))
}
