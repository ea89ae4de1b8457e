import type { EventStream } from '../../session/event-stream.ts'
import { SESSIONLESS_KINDS, type SessionSettings } from '../../session/session.ts'
import { stitchStream } from '../../session/stitch-stream.ts'
import { type Claim, claimUnstitched } from '../../store/behaviour/claim-unstitched.ts'
import { extendHistories } from '../../store/behaviour/extend-histories.ts'
import { findFirstChanged } from '../../store/behaviour/find-first-changed.ts'
import { keepDerivationSettings } from '../../store/behaviour/keep-derivation-settings.ts'
import { loadTails } from '../../store/behaviour/load-histories.ts'
import { planProfileRanges } from '../../store/behaviour/plan-profile-ranges.ts'
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
  if (claim.profiles.length === 0) return { stitchedEvents: 0, sessions: 0 }
  const settings = composeSessionSettings(context.settings.events)
  const [, { actors, sessionIds }] = await Promise.all([
    extendHistories(tx, claim.unread),
    findFirstChanged(tx, claim, settings.gapMs),
  ])
  const streams = await loadTails(tx, actors, SESSIONLESS_KINDS, settings.cutOnCampaign || settings.cutOnUser)
  const rows = composeSessions(streams, settings)
  await replaceSessions(tx, { profiles: claim.whole, sessionIds }, rows)
  return { stitchedEvents: rows.reduce((sum, { events }) => sum + events, 0), sessions: rows.length }
}

/** The sessions of some streams, for `replaceSessions`; one stream is looked at after the other. */
export function composeSessions(streams: Iterable<EventStream>, settings: SessionSettings): SessionRow[] {
  const rows: SessionRow[] = []
  for (const stream of streams) {
    for (const { sessionId, session } of stitchStream(stream, settings)) {
      rows.push({
        sessionId,
        profileId: stream.profileId,
        stream: stream.stream,
        startedAtMs: session.startedAt,
        endedAtMs: session.endedAt,
        events: session.events,
        pageViews: session.pageViews,
        bounced: session.bounced,
        quarantined: session.quarantined,
      })
    }
  }
  return rows
}
