import type { Tx } from '../open-store.ts'
import { spellUuids } from '../uuid-column.ts'

/**
 * For lines whose repeats are real: how often each content was seen in this delivery before this batch. The n-th
 * line of equal content then has the same fingerprint in every delivery of the same file, so the file counts once.
 * `contents` holds one uuid per line; the result has those that were seen before.
 */
export async function countRepeats(tx: Tx, deliveryId: string, contents: Uint8Array): Promise<Map<string, number>> {
  const rows = await tx<{ content: string; before: number }[]>`
    WITH given AS (
      SELECT content, count(*) AS lines FROM unnest(${spellUuids(contents)}::uuid[]) AS content GROUP BY content
    ), counted AS (
      INSERT INTO onefold.repeat_counts AS counts (delivery_id, content, seen)
      SELECT ${deliveryId}, content, lines FROM given ORDER BY content
      ON CONFLICT (delivery_id, content) DO UPDATE SET seen = counts.seen + excluded.seen
      RETURNING content, seen
    )
    SELECT content, seen - lines AS before FROM counted JOIN given USING (content) WHERE seen > lines`
  return new Map(rows.map((row) => [row.content, row.before]))
}
