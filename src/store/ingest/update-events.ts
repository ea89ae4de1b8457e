import type { Tx } from '../open-store.ts'
import { keepWords, type NamedEvents, spellEvents } from './append-events.ts'
import { markUnstitched } from './upsert-actors.ts'

/**
 * Has events that are known say what they are now called and tell, and marks the actors of those that say something else than
 * before as unstitched from there on. When it happened, to whom and by what campaign stays; what is not known as it is
 * given is left alone. Returns how many say something else.
 */
export async function updateEvents(tx: Tx, named: NamedEvents): Promise<number> {
  if (named.rows.length === 0) return 0
  await keepWords(tx, named)
  const changed = await tx<{ actorId: string; earliestMs: number; events: number }[]>`
    WITH changed AS (
      UPDATE onefold.events AS event SET kind = given.kind, name = given.name, order_key = given.order_key,
        quantity = given.quantity, amount = given.amount, properties = given.properties
      FROM ${spellEvents(tx, named)}
      WHERE event.actor_id = given.actor_id AND event.occurred_at = given.occurred_at AND event.event_id = given.event_id
        AND (event.kind, event.name, event.order_key, event.quantity, event.amount, event.properties)
          IS DISTINCT FROM (given.kind, given.name, given.order_key, given.quantity, given.amount, given.properties)
      RETURNING event.actor_id, event.occurred_at
    )
    SELECT actor_id AS "actorId", (extract(epoch FROM min(occurred_at)) * 1000)::float8 AS "earliestMs",
      count(*)::int AS events
    FROM changed GROUP BY actor_id`
  await markUnstitched(tx, new Map(changed.map(({ actorId, earliestMs }) => [actorId, earliestMs])))
  return changed.reduce((sum, { events }) => sum + events, 0)
}
