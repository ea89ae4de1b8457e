import type { Behaviour } from '../../feature/compose-feature-row.ts'
import type { Channel } from '../../feature/channel.ts'
import { CHANNEL_MS, type ChannelDays } from '../../feature/derive-channel-shares.ts'
import { countActivity, interpretWords } from '../../feature/count-activity.ts'
import { SESSIONLESS_KINDS, type SessionSettings } from '../../session/session.ts'
import { type NamedSession, stitchStream } from '../../session/stitch-stream.ts'
import type { Tx } from '../open-store.ts'
import { loadChannelDays } from './load-channel-days.ts'
import { listStreams, loadHistories } from './load-histories.ts'
import { loadOrderLines } from './load-order-lines.ts'

/** What one person did, and the sessions that it makes: all, those that are quarantined as well. */
export interface ToldBehaviour {
  readonly behaviour: Behaviour
  readonly sessions: readonly NamedSession[]
}

/**
 * What these people did, all of whom live: all order lines and sessions, and events until `asOf` by what they mean and in
 * which channel, as sources are channels. Sessions are made of the histories, which are read anyhow. Told one person at a
 * time, so that what nobody keeps of it is gone before the next.
 */
export async function loadBehaviours(
  tx: Tx,
  profiles: readonly string[],
  asOf: Date,
  settings: SessionSettings,
  channelOf: ReadonlyMap<string, Channel>,
): Promise<(profileId: string) => ToldBehaviour> {
  const [orders, { readOf, vocabulary }, channels] = await Promise.all([
    loadOrderLines(tx, profiles),
    loadHistories(tx, profiles, settings.cutOnCampaign || settings.cutOnUser),
    loadChannelDays(tx, profiles, asOf, CHANNEL_MS, channelOf),
  ])
  const meanings = interpretWords(vocabulary)
  const visited = vocabulary.map((word) =>
    word === undefined || (SESSIONLESS_KINDS as readonly string[]).includes(word.kind) ? undefined : word,
  )
  return (profileId) => {
    const own = readOf(profileId)
    const sessions = listStreams(profileId, own, visited).flatMap((stream) => stitchStream(stream, settings))
    const visits = sessions.flatMap(({ session }) => (session.quarantined ? [] : [session]))
    const activity = countActivity(own, meanings, asOf.getTime())
    const told = { profileId, orders: orders.get(profileId) ?? [], sessions: visits, activity }
    return { behaviour: { ...told, ...pick(channels.get(profileId)) }, sessions }
  }
}

function pick(channels: ChannelDays | undefined): Pick<Behaviour, 'channels'> {
  return channels === undefined ? {} : { channels }
}
