import type { ChannelDays } from '../../feature/derive-channel-shares.ts'
import type { Channel } from '../../feature/channel.ts'
import { SYSTEM_EVENTS } from '../../quality/declared-events.ts'
import type { Tx } from '../open-store.ts'
import { spellArray } from '../spell-array.ts'

/** Kinds that tell who somebody is, not what they did. */
const NO_DOING = ['identify', 'group', 'alias']

/**
 * On how many UTC days of a span until `asOf` each of these people did something
 * in a channel, by what sources are channels of. Who did nothing is left out; without channels no statement is sent.
 */
export async function loadChannelDays(
  tx: Tx,
  profiles: readonly string[],
  asOf: Date,
  spanMs: number,
  channelOf: ReadonlyMap<string, Channel>,
): Promise<Map<string, ChannelDays>> {
  if (channelOf.size === 0) return new Map()
  const rows = await tx<({ profileId: string; since: number } & Record<Channel, number>)[]>`
    WITH acted AS (
      SELECT member.profile_id, given.channel, (event.occurred_at AT TIME ZONE 'UTC')::date AS day,
        min(event.occurred_at) AS since
      FROM onefold.profile_members AS member JOIN onefold.events AS event ON event.actor_id = member.record_id
      JOIN unnest(${spellArray([...channelOf.keys()])}::text[], ${spellArray([...channelOf.values()])}::text[])
        AS given (source, channel) ON given.source = event.source
      WHERE member.profile_id = ANY(${spellArray(profiles)}::uuid[])
        AND event.occurred_at BETWEEN ${new Date(asOf.getTime() - spanMs)} AND ${asOf} AND NOT event.bot
        AND event.kind <> ALL(${NO_DOING}::text[])
        AND coalesce(event.name <> ALL(${[...SYSTEM_EVENTS]}::text[]), true)
      GROUP BY 1, 2, 3
    )
    SELECT profile_id AS "profileId", (extract(epoch FROM min(since)) * 1000)::float8 AS since,
      count(*) FILTER (WHERE channel = 'digital')::int AS digital, count(*) FILTER (WHERE channel = 'branch')::int AS branch,
      count(*) FILTER (WHERE channel = 'phone')::int AS phone
    FROM acted GROUP BY 1`
  return new Map(rows.map(({ profileId, since, ...days }) => [profileId, { days, since }]))
}
