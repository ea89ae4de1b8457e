import type { Behaviour } from '../../feature/compose-feature-row.ts'
import type { Channel } from '../../feature/channel.ts'
import { CHANNEL_MS, type ChannelDays } from '../../feature/derive-channel-shares.ts'
import { countActivity, interpretWords } from '../../feature/count-activity.ts'
import { type Session, SESSIONLESS_KINDS, type SessionSettings } from '../../session/session.ts'
import { type NamedSession, stitchStream } from '../../session/stitch-stream.ts'
import type { Tx } from '../open-store.ts'
import { loadChannelDays } from './load-channel-days.ts'
import { listStreams, loadHistories } from './load-histories.ts'
import { loadOrderLines } from './load-order-lines.ts'

/**
 * What these people did: all order lines and sessions, and events until `asOf` by what they mean and in which channel, as
 * sources are channels. Sessions are made of the histories, which are read anyhow; `sessions` are all there are, those
 * that are quarantined as well. In the order of `profiles`, all of which live.
 */
export async function loadBehaviours(
  tx: Tx,
  profiles: readonly string[],
  asOf: Date,
  settings: SessionSettings,
  channelOf: ReadonlyMap<string, Channel>,
): Promise<{ readonly behaviours: readonly Behaviour[]; readonly sessions: readonly NamedSession[] }> {
  const [orders, { histories, vocabulary }, channels] = await Promise.all([
    loadOrderLines(tx, profiles),
    loadHistories(tx, profiles, settings.cutOnCampaign || settings.cutOnUser),
    loadChannelDays(tx, profiles, asOf, CHANNEL_MS, channelOf),
  ])
  const meanings = interpretWords(vocabulary)
  const visited = vocabulary.map((word) =>
    word === undefined || (SESSIONLESS_KINDS as readonly string[]).includes(word.kind) ? undefined : word,
  )
  const all: NamedSession[] = []
  const behaviours = profiles.map((profileId): Behaviour => {
    const own = histories.get(profileId) ?? []
    const sessions: Session[] = []
    for (const stream of listStreams(profileId, own, visited)) {
      for (const named of stitchStream(stream, settings)) {
        all.push(named)
        if (!named.session.quarantined) sessions.push(named.session)
      }
    }
    const activity = countActivity(own, meanings, asOf.getTime())
    return { profileId, orders: orders.get(profileId) ?? [], sessions, activity, ...pick(channels.get(profileId)) }
  })
  return { behaviours, sessions: all }
}

function pick(channels: ChannelDays | undefined): Pick<Behaviour, 'channels'> {
  return channels === undefined ? {} : { channels }
}
