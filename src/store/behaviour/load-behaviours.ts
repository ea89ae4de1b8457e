import type { Behaviour } from '../../feature/compose-feature-row.ts'
import type { Channel } from '../../feature/channel.ts'
import { CHANNEL_MS, type ChannelDays } from '../../feature/derive-channel-shares.ts'
import { type Activity, NO_ACTIVITY } from '../../feature/derive-engagement.ts'
import { isSelected, type ProfileSelection } from '../identity/select-profiles.ts'
import type { SqlFragment, Tx } from '../open-store.ts'
import { loadChannelDays } from './load-channel-days.ts'
import { loadOrderLines } from './load-order-lines.ts'

/** The event names that an activity counts [E3 E4]; Segment's, which most senders use. */
const COUNTED = {
  productViews: ['Product Viewed'],
  searches: ['Products Searched', 'Search'],
  filters: ['Product List Filtered'],
  cartAdditions: ['Product Added'],
  checkouts: ['Checkout Started'],
  sends: ['Email Delivered'],
  opens: ['Email Opened'],
  clicks: ['Email Link Clicked'],
  replies: ['Email Replied'],
  adClicks: ['Promotion Clicked', 'Ad Clicked'],
} as const satisfies Partial<Record<keyof Activity, readonly string[]>>

/** Events of which a category says what somebody has an eye on. */
const LOOKED_AT = ['Product Viewed', 'Product Clicked', 'Product Added']

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
  const [profiles, orders, sessions, activities, channels] = await Promise.all([
    tx<{ profile_id: string }[]>`${people} ORDER BY profile_id`,
    loadOrderLines(tx, people),
    tx<{ profileId: string; startedAt: number; endedAt: number; pageViews: number; bounced: boolean }[]>`
    SELECT profile_id AS "profileId", (extract(epoch FROM started_at) * 1000)::float8 AS "startedAt",
           (extract(epoch FROM ended_at) * 1000)::float8 AS "endedAt", page_views AS "pageViews", bounced
    FROM (${people}) AS person JOIN onefold.sessions USING (profile_id) WHERE NOT quarantined`,
    loadActivities(tx, people, asOf),
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
    activity: activities.get(profileId) ?? NO_ACTIVITY,
    ...pick(channels.get(profileId)),
  }))
}

function pick(channels: ChannelDays | undefined): Pick<Behaviour, 'channels'> {
  return channels === undefined ? {} : { channels }
}

async function loadActivities(tx: Tx, people: SqlFragment, asOf: Date): Promise<Map<string, Activity>> {
  const counted = (member: keyof typeof COUNTED): SqlFragment =>
    tx`count(*) FILTER (WHERE name = ANY(${[...COUNTED[member]]}::text[])) AS ${tx(member)}`
  const milliseconds = (instant: SqlFragment): SqlFragment => tx`(extract(epoch FROM ${instant}) * 1000)::float8`
  const isRecent = tx`name IS NOT NULL AND occurred_at >= ${asOf}::timestamptz - interval '30 days'`
  const rows = await tx<ActivityRow[]>`
    SELECT profile_id AS "profileId", ${counted('productViews')}, ${counted('searches')}, ${counted('filters')},
      ${counted('cartAdditions')}, ${counted('checkouts')}, ${counted('sends')}, ${counted('opens')},
      ${counted('clicks')}, ${counted('replies')}, ${counted('adClicks')},
      count(DISTINCT properties ->> 'category') FILTER (WHERE name = ANY(${LOOKED_AT}::text[])) AS categories,
      -- Exact, so that it does not matter in which order events are read.
      avg((properties ->> 'scroll_depth')::numeric)::float8 AS "scrollDepth",
      count(DISTINCT name) FILTER (WHERE ${isRecent}) AS "featuresUsed30d",
      ${milliseconds(tx`min(occurred_at) FILTER (WHERE kind = 'page' OR name = 'Product Viewed')`)} AS "firstLookAt",
      array_agg(${milliseconds(tx`occurred_at`)}) FILTER (WHERE name = ANY(${[...COUNTED.cartAdditions]}::text[])) AS "addedAt",
      ${milliseconds(tx`min(occurred_at) FILTER (WHERE ${isRecent})`)} AS "usedSince",
      ${milliseconds(tx`min(occurred_at) FILTER (WHERE kind IS NULL)`)} AS "nextAt"
    FROM (
      SELECT member.profile_id, event.occurred_at,
        CASE WHEN event.occurred_at <= ${asOf} THEN event.properties END AS properties,
        -- What has not happened yet has no kind and no name.
        CASE WHEN event.occurred_at <= ${asOf} THEN event.kind END AS kind,
        CASE WHEN event.occurred_at <= ${asOf} THEN event.name END AS name
      FROM (${people}) AS person JOIN onefold.profile_members AS member USING (profile_id)
      JOIN onefold.events AS event ON event.actor_id = member.record_id
      WHERE event.kind <> 'order_line' AND NOT event.bot
    ) AS happened
    GROUP BY 1`
  return new Map(
    rows.map(({ profileId, firstLookAt, addedAt, usedSince, nextAt, scrollDepth, ...counts }) => [
      profileId,
      {
        ...counts,
        ...(scrollDepth === null ? {} : { scrollDepth }),
        ...(firstLookAt === null ? {} : { firstLookAt }),
        ...(addedAt === null ? {} : { addedAt }),
        ...(usedSince === null ? {} : { usedSince }),
        ...(nextAt === null ? {} : { nextAt }),
      },
    ]),
  )
}

interface ActivityRow extends Omit<Activity, 'scrollDepth' | 'firstLookAt' | 'addedAt' | 'usedSince' | 'nextAt'> {
  readonly profileId: string
  readonly scrollDepth: number | null
  readonly firstLookAt: number | null
  readonly addedAt: readonly number[] | null
  readonly usedSince: number | null
  readonly nextAt: number | null
}
