import type { Tx } from '../open-store.ts'
import { spellArray } from '../spell-array.ts'

/** Which of these events there are. */
export async function findEventIds(tx: Tx, eventIds: readonly string[]): Promise<string[]> {
  const rows = await tx<{ event_id: string }[]>`
    SELECT event_id FROM onefold.event_ids WHERE event_id = ANY(${spellArray(eventIds)}::uuid[])`
  return rows.map((row) => row.event_id)
}
