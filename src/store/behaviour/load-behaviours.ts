import type { Behaviour } from '../../feature/compose-feature-row.ts'
import type { Channel } from '../../feature/channel.ts'
import { CHANNEL_MS, type ChannelDays } from '../../feature/derive-channel-shares.ts'
import { countActivity } from '../../feature/count-activity.ts'
import { isSelected, type ProfileSelection } from '../identity/select-profiles.ts'
import type { Tx } from '../open-store.ts'
import { loadChannelDays } from './load-channel-days.ts'
import { loadHistories } from './load-histories.ts'
import { loadOrderLines } from './load-order-lines.ts'

/**
 * What these people did: all order lines and sessions, and events until `asOf` by what they mean and in which channel, as
 * sources are channels. Living profiles only, sorted.
 */
export async function loadBehaviours(
  tx: Tx,
  selection: ProfileSelection,
  asOf: Date,
  channelOf: ReadonlyMap<string, Channel>,
): Promise<Behaviour[]> {
  const people = tx`
    SELECT profile_id FROM onefold.profiles
    WHERE dissolved_at IS NULL AND ${isSelected(tx, tx`profile_id`, selection)}`
  const [profiles, orders, sessions, { histories, vocabulary }, channels] = await Promise.all([
    tx<{ profile_id: string }[]>`${people} ORDER BY profile_id`,
    loadOrderLines(tx, people),
    tx<{ profileId: string; startedAt: number; endedAt: number; pageViews: number; bounced: boolean }[]>`
    SELECT profile_id AS "profileId", (extract(epoch FROM started_at) * 1000)::float8 AS "startedAt",
           (extract(epoch FROM ended_at) * 1000)::float8 AS "endedAt", page_views AS "pageViews", bounced
    FROM (${people}) AS person JOIN onefold.sessions USING (profile_id) WHERE NOT quarantined`,
    loadHistories(tx, people),
    loadChannelDays(tx, people, asOf, CHANNEL_MS, channelOf),
  ])
  const visits = new Map<string, (typeof sessions)[number][]>()
  for (const session of sessions) {
    const own = visits.get(session.profileId) ?? []
    visits.set(session.profileId, own)
    own.push(session)
  }
  return profiles.map(({ profile_id: profileId }) => ({
    profileId,
    orders: orders.get(profileId) ?? [],
    sessions: visits.get(profileId) ?? [],
    activity: countActivity(histories.get(profileId) ?? [], vocabulary, asOf.getTime()),
    ...pick(channels.get(profileId)),
  }))
}

function pick(channels: ChannelDays | undefined): Pick<Behaviour, 'channels'> {
  return channels === undefined ? {} : { channels }
}
