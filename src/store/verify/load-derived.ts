import type { Tx } from '../open-store.ts'

/** The profile of every resolved record. */
export async function loadMemberships(tx: Tx): Promise<Map<string, string>> {
  const rows = await tx<
    { record_id: string; profile_id: string }[]
  >`SELECT record_id, profile_id FROM onefold.profile_members`
  return new Map(rows.map((row) => [row.record_id, row.profile_id]))
}

/** Every session as one text: id, profile, start and end in milliseconds, events, page views, and whether it bounced and is quarantined. */
export async function loadSessionKeys(tx: Tx): Promise<Set<string>> {
  const rows = await tx<{ key: string }[]>`
    SELECT concat_ws(' ', session_id, profile_id, (extract(epoch FROM started_at) * 1000)::bigint,
                     (extract(epoch FROM ended_at) * 1000)::bigint, events, page_views, bounced, quarantined) AS key
    FROM onefold.sessions`
  return new Set(rows.map((row) => row.key))
}
