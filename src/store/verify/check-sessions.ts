import { selectUnstitched } from '../behaviour/unstitch.ts'
import type { SqlFragment, Tx } from '../open-store.ts'
import type { Check } from './check.ts'
import { normalize } from './check-ledger.ts'

/** Every stitched event is in exactly one session, or of a kind that has none, or a bot's, and its actor's history tells it. */
export async function checkSessions(tx: Tx, sessionless: readonly string[]): Promise<Check[]> {
  const [events] = await tx<{ checked: number; broken: number; examples: string[] | null }[]>`
    SELECT count(*) AS checked, count(*) FILTER (WHERE sessions <> 1) AS broken,
      (array_agg(event_id::text) FILTER (WHERE sessions <> 1))[1:5] AS examples
    FROM (
      SELECT event.event_id, count(session.session_id) AS sessions
      FROM onefold.events AS event
      JOIN onefold.records AS actor ON actor.record_id = event.actor_id
        AND ${isStitched(tx, tx`actor.record_id`)}
      JOIN onefold.profile_members AS member ON member.record_id = actor.record_id
      LEFT JOIN onefold.sessions AS session ON session.profile_id = member.profile_id AND session.stream = actor.stream
        AND event.occurred_at BETWEEN session.started_at AND session.ended_at
      WHERE event.kind <> ALL(${[...sessionless]}::text[]) AND NOT event.bot
      GROUP BY event.event_id
    ) AS placed`
  const [sums] = await tx<{ checked: number; broken: number }[]>`
    SELECT (SELECT count(*) FROM onefold.sessions) AS checked,
      abs((SELECT coalesce(sum(events), 0) FROM onefold.sessions)
        - (SELECT count(*) FROM onefold.events AS event
           JOIN onefold.records AS actor ON actor.record_id = event.actor_id
           JOIN onefold.profile_members AS member ON member.record_id = actor.record_id
           WHERE ${isStitched(tx, tx`actor.record_id`)} AND event.kind <> ALL(${[...sessionless]}::text[]) AND NOT event.bot))::bigint AS broken`
  const [told] = await tx<{ checked: number; broken: number; examples: string[] | null }[]>`
    SELECT count(*) AS checked, count(*) FILTER (WHERE NOT is_told) AS broken,
      (array_agg(actor_id::text) FILTER (WHERE NOT is_told))[1:5] AS examples
    FROM (
      SELECT actor_id, coalesce(history.at, '{}') = coalesce(happened.at, '{}') AS is_told
      FROM onefold.histories AS history FULL JOIN (
        SELECT actor_id, array_agg((extract(epoch FROM occurred_at) * 1000)::bigint ORDER BY occurred_at) AS at
        FROM onefold.events WHERE kind <> 'order_line' AND NOT bot GROUP BY actor_id
      ) AS happened USING (actor_id)
      WHERE ${isStitched(tx, tx`actor_id`)}
    ) AS compared`
  return [
    { promise: 'every event is in exactly one session, or of a kind that has none, or a bot’s', ...normalize(events) },
    { promise: 'the sessions count every event once', ...normalize(sums) },
    { promise: 'the history of every actor tells its events', ...normalize(told) },
  ]
}

/** Not by NOT IN, which would look through all that are due for each actor once there are too many for the server to hash. */
function isStitched(tx: Tx, actor: SqlFragment): SqlFragment {
  return tx`NOT EXISTS (SELECT FROM (${selectUnstitched(tx)}) AS due WHERE due.actor_id = ${actor})`
}
