import type { Tx } from '../open-store.ts'

export interface SessionRow {
  readonly sessionId: string
  readonly profileId: string
  readonly stream: string
  readonly startedAtMs: number
  readonly endedAtMs: number
  readonly events: number
  readonly pageViews: number
  readonly bounced: boolean
  readonly quarantined: boolean
}

/** These are now all sessions of these profiles; whoever's sessions were looked at is composed and computed again. */
export async function replaceSessions(tx: Tx, profiles: readonly string[], rows: readonly SessionRow[]): Promise<void> {
  await tx`DELETE FROM onefold.sessions WHERE profile_id = ANY(${[...profiles]}::uuid[])`
  await tx`
    INSERT INTO onefold.sessions (session_id, profile_id, stream, started_at, ended_at, events, page_views, bounced, quarantined)
    SELECT session_id, profile_id, stream, to_timestamp(started_at / 1000.0), to_timestamp(ended_at / 1000.0),
           events, page_views, bounced, quarantined
    FROM unnest(
      ${rows.map((row) => row.sessionId)}::uuid[], ${rows.map((row) => row.profileId)}::uuid[],
      ${rows.map((row) => row.stream)}::uuid[], ${rows.map((row) => row.startedAtMs)}::float8[],
      ${rows.map((row) => row.endedAtMs)}::float8[], ${rows.map((row) => row.events)}::int[],
      ${rows.map((row) => row.pageViews)}::int[], ${rows.map((row) => String(row.bounced))}::text[]::bool[],
      ${rows.map((row) => String(row.quarantined))}::text[]::bool[]
    ) AS given (session_id, profile_id, stream, started_at, ended_at, events, page_views, bounced, quarantined)`
}
