import { LOOKED_AT } from '../../feature/count-activity.ts'
import type { Tx } from '../open-store.ts'
import { spellArray } from '../spell-array.ts'
import type { UnreadActor } from './claim-unstitched.ts'

/**
 * Has the histories of actors tell all their events, from the instants on from which they may not; what is told of before
 * stays. Events are never changed and never taken away, so what comes late is all that is missing.
 */
export async function extendHistories(tx: Tx, unread: readonly UnreadActor[]): Promise<void> {
  if (unread.length === 0) return
  const instead = (column: string) =>
    tx`told.${tx(column)}[:width_bucket(excluded.at[1] - 1, told.at)] || excluded.${tx(column)}`
  await tx`
    WITH happened AS (
      SELECT event.actor_id, (extract(epoch FROM event.occurred_at) * 1000)::bigint AS at, word.word_id, event.campaign,
        CASE WHEN event.name = ANY(${spellArray(LOOKED_AT)}::text[]) THEN event.properties ->> 'category' END AS category,
        (event.properties ->> 'scroll_depth')::float8 AS scroll_depth
      FROM unnest(
        ${spellArray(unread.map(({ actorId }) => actorId))}::uuid[], ${spellArray(unread.map(({ fromMs }) => fromMs))}::float8[]
      ) AS given (actor_id, from_at)
      JOIN onefold.events AS event ON event.actor_id = given.actor_id
        AND event.occurred_at >= to_timestamp(given.from_at / 1000.0)
      LEFT JOIN onefold.event_words AS word ON word.kind = event.kind AND coalesce(word.name, '') = coalesce(event.name, '')
      WHERE event.kind <> 'order_line' AND NOT event.bot
    )
    INSERT INTO onefold.histories AS told (actor_id, at, words, campaigns, categories, scroll_depths)
    SELECT actor_id, array_agg(at), array_agg(word_id), array_agg(campaign), array_agg(category), array_agg(scroll_depth)
    FROM (SELECT * FROM happened ORDER BY actor_id, at, word_id, campaign, category, scroll_depth) AS sorted GROUP BY actor_id
    ON CONFLICT (actor_id) DO UPDATE SET at = ${instead('at')}, words = ${instead('words')},
      campaigns = ${instead('campaigns')}, categories = ${instead('categories')},
      scroll_depths = ${instead('scroll_depths')}`
}
