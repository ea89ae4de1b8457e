import type { EventStream, StreamEvent } from '../../session/event-stream.ts'
import type { Tx } from '../open-store.ts'
import { spellArray } from '../spell-array.ts'
import { nameStream } from './claim-unstitched.ts'

/**
 * All events of these profiles that sessions are made of, as they were taken in, by streams; `withUsers` says who had
 * logged in, which costs a look-up an event.
 */
export async function loadStreams(
  tx: Tx,
  profiles: readonly string[],
  sessionless: readonly string[],
  withUsers: boolean,
): Promise<EventStream[]> {
  const user = withUsers
    ? tx`(SELECT min(hash::text) FROM onefold.identifiers
          WHERE identifiers.record_id = record.record_id AND identifiers.kind = 'user_id')`
    : tx`NULL::text`
  const rows = await tx<(Told & { profileId: string; stream: string })[]>`
    SELECT member.profile_id AS "profileId", record.stream, event.actor_id AS "actorId",
           (extract(epoch FROM event.occurred_at) * 1000)::float8 AS at, event.kind, event.name, event.campaign,
           ${user} AS user
    FROM onefold.profile_members AS member
    JOIN onefold.records AS record USING (record_id)
    JOIN onefold.events AS event ON event.actor_id = record.record_id
    WHERE member.profile_id = ANY(${spellArray(profiles)}::uuid[]) AND event.kind <> ALL(${spellArray(sessionless)}::text[])
      AND NOT event.bot`
  const streams = new Map<string, { profileId: string; stream: string; events: StreamEvent[] }>()
  for (const { profileId, stream, name, campaign, user: who, ...event } of rows) {
    const own = streams.get(nameStream({ profileId, stream })) ?? { profileId, stream, events: [] }
    streams.set(nameStream({ profileId, stream }), own)
    own.events.push({ ...event, name: name ?? undefined, campaign: campaign ?? undefined, user: who ?? undefined })
  }
  return [...streams.values()]
}

interface Told extends Pick<StreamEvent, 'actorId' | 'at' | 'kind'> {
  readonly name: string | null
  /** Keyed hash, as is the user. */
  readonly campaign: string | null
  readonly user: string | null
}
