import { copyIn } from '../copy-in.ts'
import { openCopyWriter } from '../copy-writer.ts'
import type { Tx } from '../open-store.ts'
import { spellArray } from '../spell-array.ts'
import { packUuids, sortByStart, spellUuids, takeUuids } from '../uuid-column.ts'

/** Contents of a batch, each once, as a column of UUIDs, and how many of its lines say each. */
export interface CountedContents {
  readonly contents: Uint8Array
  readonly lines: Int32Array
}

/**
 * For lines whose repeats are real: how often each content was seen in this delivery before this batch. The n-th
 * line of equal content then has the same fingerprint in every delivery of the same file, so the file counts once.
 * `repeated` are the positions that may have been seen, ascending; the result has those that were. All others certainly
 * were not, and are copied in: that costs a quarter of looking for them.
 */
export async function countRepeats(
  tx: Tx,
  deliveryId: string,
  counted: CountedContents,
  repeated: Int32Array,
): Promise<Map<string, number>> {
  const isRepeated = new Uint8Array(counted.lines.length)
  for (const index of repeated) isRepeated[index] = 1
  await insertNew(tx, deliveryId, counted, isRepeated)
  if (repeated.length === 0) return new Map()
  const rows = await tx<{ content: string; before: number }[]>`
    WITH given AS (
      SELECT * FROM unnest(
        ${spellUuids(takeUuids(counted.contents, repeated))}::uuid[],
        ${spellArray(Array.from(repeated, (index) => counted.lines[index]!))}::int[]
      ) AS given (content, lines)
    ), added AS (
      INSERT INTO onefold.repeat_counts AS counts (delivery_id, content, seen)
      SELECT ${deliveryId}, content, lines FROM given ORDER BY content
      ON CONFLICT (delivery_id, content) DO UPDATE SET seen = counts.seen + excluded.seen
      RETURNING content, seen
    )
    SELECT content, seen - lines AS before FROM added JOIN given USING (content) WHERE seen > lines`
  return new Map(rows.map((row) => [row.content, row.before]))
}

async function insertNew(
  tx: Tx,
  deliveryId: string,
  { contents, lines }: CountedContents,
  isRepeated: Uint8Array,
): Promise<void> {
  if (!isRepeated.includes(0)) return
  const delivery = packUuids([deliveryId])
  const writer = openCopyWriter()
  // Sorted, so that their index is met page by page.
  for (const index of sortByStart(contents)) {
    if (isRepeated[index] === 1) continue
    writer.row(3)
    writer.uuid(delivery, 0)
    writer.uuid(contents, index)
    writer.integer(lines[index]!)
  }
  await copyIn(tx, tx`onefold.repeat_counts (delivery_id, content, seen)`, writer.finish())
}
