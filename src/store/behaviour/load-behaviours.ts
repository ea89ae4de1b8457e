import type { Behaviour } from '../../feature/compose-feature-row.ts'
import type { Channel } from '../../feature/channel.ts'
import { CHANNEL_MS, type ChannelDays } from '../../feature/derive-channel-shares.ts'
import { countActivity } from '../../feature/count-activity.ts'
import { SESSIONLESS_KINDS, type SessionSettings } from '../../session/session.ts'
import { type NamedSession, stitchStream } from '../../session/stitch-stream.ts'
import { isSelected, type ProfileSelection } from '../identity/select-profiles.ts'
import type { Tx } from '../open-store.ts'
import { loadChannelDays } from './load-channel-days.ts'
import { listStreams, loadHistories } from './load-histories.ts'
import { loadOrderLines } from './load-order-lines.ts'

const SESSIONLESS: ReadonlySet<string> = new Set(SESSIONLESS_KINDS)

/**
 * What these people did: all order lines and sessions, and events until `asOf` by what they mean and in which channel, as
 * sources are channels. Sessions are made of the histories, which are read anyhow; `sessions` are all there are, those
 * that are quarantined as well. Living profiles only, sorted.
 */
export async function loadBehaviours(
  tx: Tx,
  selection: ProfileSelection,
  asOf: Date,
  settings: SessionSettings,
  channelOf: ReadonlyMap<string, Channel>,
): Promise<{ readonly behaviours: readonly Behaviour[]; readonly sessions: readonly NamedSession[] }> {
  const people = tx`
    SELECT profile_id FROM onefold.profiles
    WHERE dissolved_at IS NULL AND ${isSelected(tx, tx`profile_id`, selection)}`
  const [profiles, orders, { histories, vocabulary }, channels] = await Promise.all([
    tx<{ profile_id: string }[]>`${people} ORDER BY profile_id`,
    loadOrderLines(tx, people),
    loadHistories(tx, people, settings.cutOnCampaign || settings.cutOnUser),
    loadChannelDays(tx, people, asOf, CHANNEL_MS, channelOf),
  ])
  const all: NamedSession[] = []
  const behaviours = profiles.map(({ profile_id: profileId }) => {
    const own = histories.get(profileId) ?? []
    const streams = listStreams(profileId, own, vocabulary, SESSIONLESS)
    const named = streams.flatMap((stream) => stitchStream(stream, settings))
    all.push(...named)
    return {
      profileId,
      orders: orders.get(profileId) ?? [],
      sessions: named.flatMap(({ session }) => (session.quarantined ? [] : [session])),
      activity: countActivity(own, vocabulary, asOf.getTime()),
      ...pick(channels.get(profileId)),
    }
  })
  return { behaviours, sessions: all }
}

function pick(channels: ChannelDays | undefined): Pick<Behaviour, 'channels'> {
  return channels === undefined ? {} : { channels }
}
