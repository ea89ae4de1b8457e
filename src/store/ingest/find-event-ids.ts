import type { Tx } from '../open-store.ts'

/** Which of these events there are. */
export async function findEventIds(tx: Tx, eventIds: string): Promise<string[]> {
  const rows = await tx<{ event_id: string }[]>`
    SELECT event_id FROM onefold.event_ids WHERE event_id = ANY(${eventIds}::uuid[])`
  return rows.map((row) => row.event_id)
}
