import type { Tx } from '../open-store.ts'
import { readUuid, spellUuids, UUID_BYTES } from '../uuid-column.ts'

/**
 * For lines whose repeats are real: how often each content was seen in this delivery before this batch. The n-th
 * line of equal content then has the same fingerprint in every delivery of the same file, so the file counts once.
 * `contents` holds one uuid per line; the result maps each to the count before the batch.
 */
export async function countRepeats(tx: Tx, deliveryId: string, contents: Uint8Array): Promise<Map<string, number>> {
  const rows = await tx<{ content: string; before: number }[]>`
    INSERT INTO onefold.repeat_counts AS counts (delivery_id, content, seen)
    SELECT ${deliveryId}, content, count(*) FROM unnest(${spellUuids(contents)}::uuid[]) AS content GROUP BY content
    ON CONFLICT (delivery_id, content) DO UPDATE SET seen = counts.seen + excluded.seen
    RETURNING content, seen AS before`
  const inBatch = new Map<string, number>()
  for (let row = 0; row < contents.length / UUID_BYTES; row++) {
    const content = readUuid(contents, row)
    inBatch.set(content, (inBatch.get(content) ?? 0) + 1)
  }
  return new Map(rows.map((row) => [row.content, row.before - (inBatch.get(row.content) ?? 0)]))
}
