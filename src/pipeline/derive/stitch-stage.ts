import { isCutByGapOnly, SESSIONLESS_KINDS, type SessionSettings } from '../../session/session.ts'
import { sessionize } from '../../session/sessionize.ts'
import { keepDerivationSettings } from '../../store/behaviour/keep-derivation-settings.ts'
import { type Claim, claimUnstitched, loadStreams, type StreamEvent } from '../../store/behaviour/load-streams.ts'
import { planProfileRanges } from '../../store/behaviour/plan-profile-ranges.ts'
import { replaceSessionsByGap } from '../../store/behaviour/replace-sessions-by-gap.ts'
import { markStale } from '../../store/behaviour/save-features.ts'
import { replaceSessions, type SessionRow } from '../../store/behaviour/replace-sessions.ts'
import type { IdRange } from '../../store/identity/plan-ranges.ts'
import { inLease } from '../../store/in-transaction.ts'
import type { Tx } from '../../store/open-store.ts'
import type { LeasedChunk } from '../../store/run/chunk.ts'
import { planForAny } from '../../store/plan-for-any.ts'
import { planForGiven } from '../../store/plan-for-given.ts'
import { finishChunk } from '../../store/run/finish-chunk.ts'
import type { Context } from '../context.ts'
import type { Stage } from '../stage.ts'
import { composeSessionSettings } from './compose-session-settings.ts'
import { describeDerivations } from './describe-derivations.ts'

/** events → sessions [C9]. A chunk is a range of profiles; sessions that what is new may change are made anew. */
export const stitchStage: Stage = {
  name: 'stitch',
  plan: async ({ settings }, tx) => {
    await keepDerivationSettings(tx, 'sessions', describeDerivations(settings, []).sessions)
    return planProfileRanges(tx, 'unstitched', 5_000)
  },
  work: stitch,
}

async function stitch(context: Context, chunk: LeasedChunk): Promise<void> {
  await inLease(context.store.sql, chunk, async (tx) => {
    // A few of the range are due, or all: by the index of what is unstitched each chunk would read everybody else's, too.
    await planForGiven(tx)
    const claim = await claimUnstitched(tx, chunk.reference as unknown as IdRange)
    await planForAny(tx)
    const counts = await stitchProfiles(context, tx, claim)
    await markStale(tx, claim.profiles)
    await finishChunk(tx, chunk, { stitchedProfiles: claim.profiles.length, ...counts })
  })
}

/** Makes the sessions of profiles that are claimed anew; counts those, and the events that they are made of. */
export async function stitchProfiles(
  context: Context,
  tx: Tx,
  claim: Claim,
): Promise<{ readonly stitchedEvents: number; readonly sessions: number }> {
  const settings = composeSessionSettings(context.settings.events)
  const { profiles } = claim
  if (profiles.length === 0) return { stitchedEvents: 0, sessions: 0 }
  if (isCutByGapOnly(settings)) return replaceSessionsByGap(tx, claim, SESSIONLESS_KINDS, settings)
  const events = await loadStreams(tx, profiles, SESSIONLESS_KINDS, settings.cutOnUser)
  const rows = cutStreams(events).flatMap((stream) => stitchStream(stream, settings))
  await replaceSessions(tx, profiles, rows)
  return { stitchedEvents: events.length, sessions: rows.length }
}

/** Runs of one person on one stream; the events come sorted so. */
export function cutStreams(events: readonly StreamEvent[]): StreamEvent[][] {
  const streams: StreamEvent[][] = []
  for (const event of events) {
    const open = streams.at(-1)
    const last = open?.at(-1)
    if (open !== undefined && last?.profileId === event.profileId && last.stream === event.stream) open.push(event)
    else streams.push([event])
  }
  return streams
}

/** The sessions of one stream, each named by its first event. */
export function stitchStream(events: readonly StreamEvent[], settings: SessionSettings): SessionRow[] {
  const firstAt = new Map<number, StreamEvent>()
  for (const event of events) if (!firstAt.has(event.at)) firstAt.set(event.at, event)
  const visits = sessionize(
    events.map(({ at, kind, name, campaign, user }) => ({
      at,
      kind,
      ...(name === null ? {} : { name }),
      ...(campaign === null ? {} : { campaign }),
      ...(user === null ? {} : { user }),
    })),
    settings,
  )
  return visits.map((visit) => {
    const first = firstAt.get(visit.startedAt) as StreamEvent
    return {
      sessionId: first.eventId,
      profileId: first.profileId,
      stream: first.stream,
      startedAtMs: visit.startedAt,
      endedAtMs: visit.endedAt,
      events: visit.events,
      pageViews: visit.pageViews,
      bounced: visit.bounced,
      quarantined: visit.quarantined,
    }
  })
}
