import type { Tx } from '../open-store.ts'

export interface ReviewRow {
  readonly a: string
  readonly b: string
  readonly reason: string
  readonly weightBits: number
}

/** The review items among the given records are now these; one that stays keeps its opening time. */
export async function replaceReviews(tx: Tx, recordIds: readonly string[], rows: readonly ReviewRow[]): Promise<void> {
  // Sent together and done in this order.
  await Promise.all([
    tx`
    DELETE FROM onefold.reviews AS review
    WHERE (record_a = ANY(${[...recordIds]}::uuid[]) OR record_b = ANY(${[...recordIds]}::uuid[]))
      AND NOT EXISTS (
        SELECT FROM unnest(${rows.map((row) => row.a)}::uuid[], ${rows.map((row) => row.b)}::uuid[]) AS kept (a, b)
        WHERE kept.a = review.record_a AND kept.b = review.record_b)`,
    tx`
    INSERT INTO onefold.reviews (record_a, record_b, reason, weight_bits, opened_at)
    SELECT a, b, reason, weight_bits, now() FROM unnest(
      ${rows.map((row) => row.a)}::uuid[], ${rows.map((row) => row.b)}::uuid[], ${rows.map((row) => row.reason)}::text[],
      ${rows.map((row) => row.weightBits)}::float8[]
    ) AS given (a, b, reason, weight_bits)
    ON CONFLICT (record_a, record_b) DO UPDATE SET reason = excluded.reason, weight_bits = excluded.weight_bits`,
  ])
}
