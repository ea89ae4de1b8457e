import type { Tx } from '../open-store.ts'
import { spellArray } from '../spell-array.ts'

export interface ReviewRow {
  readonly a: string
  readonly b: string
  readonly reason: string
  readonly weightBits: number
}

/** The review items among the given records are now these; one that stays keeps its opening time. */
export async function replaceReviews(tx: Tx, recordIds: readonly string[], rows: readonly ReviewRow[]): Promise<void> {
  const ids = spellArray(recordIds)
  await tx`
    WITH given AS (
      SELECT * FROM unnest(
        ${rows.map((row) => row.a)}::uuid[], ${rows.map((row) => row.b)}::uuid[], ${rows.map((row) => row.reason)}::text[],
        ${rows.map((row) => row.weightBits)}::float8[]
      ) AS given (a, b, reason, weight_bits)
    ), over AS (
      DELETE FROM onefold.reviews WHERE (record_a, record_b) IN (
        SELECT record_a, record_b FROM onefold.reviews WHERE record_a = ANY(${ids}::uuid[])
        UNION
        SELECT record_a, record_b FROM onefold.reviews WHERE record_b = ANY(${ids}::uuid[])
        EXCEPT
        SELECT a, b FROM given)
    )
    INSERT INTO onefold.reviews (record_a, record_b, reason, weight_bits, opened_at)
    SELECT a, b, reason, weight_bits, now() FROM given
    ON CONFLICT (record_a, record_b) DO UPDATE SET reason = excluded.reason, weight_bits = excluded.weight_bits`
}
