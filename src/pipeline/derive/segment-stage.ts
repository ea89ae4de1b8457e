import { DAY_MS } from '../../feature/count-utc-days.ts'
import { compileSegments } from '../../segment/compile-segments.ts'
import { diffMemberships } from '../../segment/diff-memberships.ts'
import { listEventSpans } from '../../segment/list-event-spans.ts'
import { settlePeople } from '../../segment/evaluate-segments.ts'
import { loadTimelines } from '../../store/behaviour/load-timelines.ts'
import { loadFeatures } from '../../store/behaviour/load-features.ts'
import { planProfileRanges } from '../../store/behaviour/plan-profile-ranges.ts'
import { saveDue } from '../../store/behaviour/save-due.ts'
import { saveDefinitions } from '../../store/behaviour/save-definitions.ts'
import { loadOpenMemberships, saveMemberships } from '../../store/behaviour/save-memberships.ts'
import type { IdRange } from '../../store/identity/plan-ranges.ts'
import type { ProfileSelection } from '../../store/identity/select-profiles.ts'
import type { Tx } from '../../store/open-store.ts'
import { inLease } from '../../store/in-transaction.ts'
import type { LeasedChunk } from '../../store/run/chunk.ts'
import { finishChunk } from '../../store/run/finish-chunk.ts'
import { loadRun } from '../../store/run/load-run.ts'
import type { Context } from '../context.ts'
import { readAsOf } from '../read-as-of.ts'
import type { Stage } from '../stage.ts'

/** features → memberships with reasons [F2]. A chunk is a range of living profiles. */
export const segmentStage: Stage = {
  name: 'segment',
  plan: async (context, tx) => {
    await saveDefinitions(tx, compileSegments(context.settings.segments))
    return planProfileRanges(tx, 'living', 20_000)
  },
  work: segment,
}

async function segment(context: Context, chunk: LeasedChunk): Promise<void> {
  await inLease(context.store.sql, chunk, async (tx) => {
    const asOf = readAsOf(await loadRun(tx, chunk.runId))
    await finishChunk(tx, chunk, await segmentProfiles(context, tx, chunk.reference as unknown as IdRange, asOf))
  })
}

/**
 * Puts the living among some profiles into their segments as of an instant. Whom time alone may move from there is kept for
 * `settleDue`, unless the instant is a day and more away: numbers of then are not to be mixed with rules of now.
 */
export async function segmentProfiles(
  context: Context,
  tx: Tx,
  selection: ProfileSelection,
  asOf: Date,
): Promise<{ memberships: number; entered: number; left: number }> {
  const definitions = compileSegments(context.settings.segments)
  const [features, before, timelines] = await Promise.all([
    loadFeatures(tx, selection),
    loadOpenMemberships(tx, selection),
    loadTimelines(tx, selection, asOf, listEventSpans(definitions)),
  ])
  const { memberships, due } = settlePeople(features, definitions, asOf.getTime(), timelines)
  const changes = diffMemberships(before, memberships, asOf.getTime())
  const isLive = Math.abs(context.now().getTime() - asOf.getTime()) <= DAY_MS
  await Promise.all([saveMemberships(tx, changes, asOf), saveDue(tx, selection, isLive ? due : [])])
  return { memberships: memberships.length, entered: changes.entered.length, left: changes.left.length }
}
