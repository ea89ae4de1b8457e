import { FIRST_ID, type IdRange, LAST_ID } from '../identity/plan-ranges.ts'
import { isSelected } from '../identity/select-profiles.ts'
import type { SqlFragment, Tx } from '../open-store.ts'
import { spellArray } from '../spell-array.ts'

/** What everybody in a range of profiles is due for: sessions, segments, or being published. */
export type RangeDue = 'unstitched' | 'unsettled' | 'unpublished'

/** One with both ends. */
interface WholeRange extends IdRange {
  readonly to: string
}

/** Makes all profiles due, which costs nothing however many they are. */
export async function markEverybody(tx: Tx, due: RangeDue): Promise<void> {
  await tx`
    WITH former AS (DELETE FROM onefold.due_ranges WHERE due = ${due})
    INSERT INTO onefold.due_ranges (due, from_id, to_id) VALUES (${due}, ${FIRST_ID}, ${LAST_ID})`
}

/**
 * Makes everybody in a range due if so many people who are due, all in it, are most who live there: then a row each, which is
 * written, looked up and deleted, costs more than those who are due for nothing. Returns whether it did.
 */
export async function markMost(tx: Tx, due: RangeDue, range: IdRange, people: number): Promise<boolean> {
  const most = people * 2
  const { count } = await tx`
    INSERT INTO onefold.due_ranges (due, from_id, to_id) SELECT ${due}, ${range.from}, ${range['to'] ?? LAST_ID}
    WHERE ${most} > (
      SELECT count(*) FROM (
        SELECT FROM onefold.profiles WHERE ${isSelected(tx, tx`profile_id`, range)} AND dissolved_at IS NULL LIMIT ${most}
      ) AS living)`
  return count > 0
}

/** Makes ranges that touch or overlap one: whether somebody is in any is then asked of few instead of one a chunk. */
export async function joinDueRanges(tx: Tx, due: RangeDue): Promise<void> {
  const joined = await takeJoined(tx, due)
  await tx`
    INSERT INTO onefold.due_ranges (due, from_id, to_id)
    SELECT ${due}, * FROM unnest(
      ${spellArray(joined.map(({ from }) => from))}::uuid[], ${spellArray(joined.map(({ to }) => to))}::uuid[])`
}

/** Takes all ranges off the due, those that touch or overlap as one. */
export async function takeJoined(tx: Tx, due: RangeDue): Promise<WholeRange[]> {
  const ranges = await takeDueRanges(tx, due, { from: FIRST_ID })
  const joined: WholeRange[] = []
  for (const range of ranges.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = joined.at(-1)
    if (last === undefined || last.to < range.from) joined.push(range)
    else if (last.to < range.to) joined[joined.length - 1] = { from: last.from, to: range.to }
  }
  return joined
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
export async function takeDueRanges(tx: Tx, due: RangeDue, chunk: IdRange): Promise<WholeRange[]> {
  return tx<WholeRange[]>`
    DELETE FROM onefold.due_ranges
    WHERE due = ${due} AND from_id >= ${chunk.from} AND to_id <= ${chunk['to'] ?? LAST_ID}
    RETURNING from_id AS from, to_id AS to`
}

/** Whether the profile that `column` holds is in one of some ranges. */
export function isInOneOf(tx: Tx, column: SqlFragment, ranges: readonly IdRange[]): SqlFragment {
  return ranges.reduce<SqlFragment>((before, range) => tx`${before} OR (${isSelected(tx, column, range)})`, tx`false`)
}
