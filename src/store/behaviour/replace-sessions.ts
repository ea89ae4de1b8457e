import type { Tx } from '../open-store.ts'
import { spellArray } from '../spell-array.ts'

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

/** These are now all sessions of these profiles. */
export async function replaceSessions(tx: Tx, profiles: readonly string[], rows: readonly SessionRow[]): Promise<void> {
  await Promise.all([forgetSessions(tx, profiles), insertSessions(tx, rows)])
}

/** Leaves these profiles without a session. */
async function forgetSessions(tx: Tx, profiles: readonly string[]): Promise<void> {
  await tx`DELETE FROM onefold.sessions WHERE profile_id = ANY(${spellArray(profiles)}::uuid[])`
}

async function insertSessions(tx: Tx, rows: readonly SessionRow[]): Promise<void> {
  await tx`
    INSERT INTO onefold.sessions (session_id, profile_id, stream, started_at, ended_at, events, page_views, bounced, quarantined)
    SELECT session_id, profile_id, stream, to_timestamp(started_at / 1000.0), to_timestamp(ended_at / 1000.0),
           events, page_views, bounced, quarantined
    FROM unnest(
      ${spellArray(rows.map((row) => row.sessionId))}::uuid[], ${spellArray(rows.map((row) => row.profileId))}::uuid[],
      ${spellArray(rows.map((row) => row.stream))}::uuid[], ${spellArray(rows.map((row) => row.startedAtMs))}::float8[],
      ${spellArray(rows.map((row) => row.endedAtMs))}::float8[], ${spellArray(rows.map((row) => row.events))}::int[],
      ${spellArray(rows.map((row) => row.pageViews))}::int[], ${spellArray(rows.map((row) => String(row.bounced)))}::bool[],
      ${spellArray(rows.map((row) => String(row.quarantined)))}::bool[]
    ) AS given (session_id, profile_id, stream, started_at, ended_at, events, page_views, bounced, quarantined)`
}
