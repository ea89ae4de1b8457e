import type { NamedSession } from '../../session/stitch-stream.ts'
import type { Tx } from '../open-store.ts'
import { spellArray } from '../spell-array.ts'

const COLUMNS = [
  ...['session_id', 'profile_id', 'stream', 'started_at', 'ended_at', 'events', 'page_views', 'bounced'],
  'quarantined',
]

/** These are now all sessions of these profiles, and instead of these sessions. Those that are as they were are not written again. */
export async function replaceSessions(
  tx: Tx,
  { profiles, sessionIds }: { readonly profiles: readonly string[]; readonly sessionIds: readonly string[] },
  rows: readonly NamedSession[],
): Promise<void> {
  const columns = tx.unsafe(COLUMNS.join(', '))
  const of = (side: string) => tx.unsafe(COLUMNS.map((name) => `${side}.${name}`).join(', '))
  await tx`
    WITH visits AS MATERIALIZED (
      SELECT session_id, profile_id, stream, to_timestamp(started_at / 1000.0)::timestamptz(3) AS started_at,
        to_timestamp(ended_at / 1000.0)::timestamptz(3) AS ended_at, events, page_views, bounced, quarantined
      FROM unnest(
        ${spellArray(rows.map((row) => row.sessionId))}::uuid[], ${spellArray(rows.map((row) => row.profileId))}::uuid[],
        ${spellArray(rows.map((row) => row.stream))}::uuid[], ${spellArray(rows.map((row) => row.session.startedAt))}::float8[],
        ${spellArray(rows.map((row) => row.session.endedAt))}::float8[], ${spellArray(rows.map((row) => row.session.events))}::int[],
        ${spellArray(rows.map((row) => row.session.pageViews))}::int[], ${spellArray(rows.map((row) => String(row.session.bounced)))}::bool[],
        ${spellArray(rows.map((row) => String(row.session.quarantined)))}::bool[]
      ) AS given (session_id, profile_id, stream, started_at, ended_at, events, page_views, bounced, quarantined)
    ), known AS (
      SELECT ${columns} FROM onefold.sessions WHERE profile_id = ANY(${spellArray(profiles)}::uuid[])
      UNION ALL
      SELECT ${columns} FROM onefold.sessions WHERE session_id = ANY(${spellArray(sessionIds)}::uuid[])
    ), differing AS MATERIALIZED (
      SELECT known.session_id AS known_id, ${of('visits')} FROM visits FULL JOIN known USING (session_id)
      WHERE ROW (${of('visits')}) IS DISTINCT FROM ROW (${of('known')})
    ), gone AS (
      DELETE FROM onefold.sessions WHERE session_id IN (SELECT known_id FROM differing WHERE session_id IS NULL)
    )
    INSERT INTO onefold.sessions AS former (${columns})
    SELECT ${columns} FROM differing WHERE session_id IS NOT NULL
    ON CONFLICT (session_id) DO UPDATE SET (${columns}) = ROW (${of('excluded')})`
}
