import { FIRST_ID, type IdRange, LAST_ID } from '../identity/plan-ranges.ts'
import { isSelected } from '../identity/select-profiles.ts'
import type { SqlFragment, Tx } from '../open-store.ts'
import { spellArray } from '../spell-array.ts'

/** What everybody in a range of profiles is due for. */
export type RangeDue = 'unstitched'

/** Makes all profiles due, which costs nothing however many they are. */
export async function markEverybody(tx: Tx, due: RangeDue): Promise<void> {
  await tx`
    WITH former AS (DELETE FROM onefold.due_ranges WHERE due = ${due})
    INSERT INTO onefold.due_ranges (due, from_id, to_id) VALUES (${due}, ${FIRST_ID}, ${LAST_ID})`
}

/** Cuts the ranges that are due where those of chunks are, so that each chunk has its own; what is in no chunk is due no more. */
export async function cutDueRanges(tx: Tx, due: RangeDue, chunks: readonly IdRange[]): Promise<void> {
  await tx`
    WITH whole AS (DELETE FROM onefold.due_ranges WHERE due = ${due} RETURNING from_id, to_id)
    INSERT INTO onefold.due_ranges (due, from_id, to_id)
    SELECT DISTINCT ${due}, greatest(whole.from_id, chunk.from_id), least(whole.to_id, chunk.to_id)
    FROM whole JOIN unnest(
      ${spellArray(chunks.map(({ from }) => from))}::uuid[], ${spellArray(chunks.map((chunk) => chunk['to'] ?? LAST_ID))}::uuid[]
    ) AS chunk (from_id, to_id) ON whole.from_id < chunk.to_id AND chunk.from_id < whole.to_id`
}

/** Takes the ranges off the due that lie in that of a chunk: what was due for one that was cut otherwise stays so. */
export async function takeDueRanges(tx: Tx, due: RangeDue, chunk: IdRange): Promise<IdRange[]> {
  return tx<IdRange[]>`
    DELETE FROM onefold.due_ranges
    WHERE due = ${due} AND from_id >= ${chunk.from} AND to_id <= ${chunk['to'] ?? LAST_ID}
    RETURNING from_id AS from, to_id AS to`
}

/** Whether the profile that `column` holds is in one of some ranges. */
export function isInOneOf(tx: Tx, column: SqlFragment, ranges: readonly IdRange[]): SqlFragment {
  return ranges.reduce<SqlFragment>((before, range) => tx`${before} OR (${isSelected(tx, column, range)})`, tx`false`)
}
