import { DAY_MS } from '../../feature/count-utc-days.ts'
import { compileSegments } from '../../segment/compile-segments.ts'
import { diffMemberships, type MembershipChanges } from '../../segment/diff-memberships.ts'
import { listEventSpans } from '../../segment/list-event-spans.ts'
import { settlePeople } from '../../segment/evaluate-segments.ts'
import { loadTimelines } from '../../store/behaviour/load-timelines.ts'
import { loadFeatures } from '../../store/behaviour/load-features.ts'
import { planProfileRanges } from '../../store/behaviour/plan-profile-ranges.ts'
import { type Due, saveDue } from '../../store/behaviour/save-due.ts'
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
    const selection = chunk.reference as unknown as IdRange
    const settled = await settleProfiles(context, tx, selection, asOf)
    await saveSettled(tx, selection, settled, asOf)
    await finishChunk(tx, chunk, countSettled(settled))
  })
}

/** What becomes of people's memberships, and when time alone may next move whom. */
export interface Settled {
  readonly memberships: number
  readonly changes: MembershipChanges
  readonly due: readonly Due[]
}

/**
 * Judges which segments the living among some profiles are in as of an instant, for `saveSettled`. Whom time alone may
 * move from there is kept for `settleDue`, unless the instant is a day and more away: numbers of then are not to be mixed
 * with rules of now.
 */
export async function settleProfiles(
  context: Context,
  tx: Tx,
  selection: ProfileSelection,
  asOf: Date,
): Promise<Settled> {
  const definitions = compileSegments(context.settings.segments)
  const [features, before, timelines] = await Promise.all([
    loadFeatures(tx, selection),
    loadOpenMemberships(tx, selection),
    loadTimelines(tx, selection, asOf, listEventSpans(definitions)),
  ])
  const { memberships, due } = settlePeople(features, definitions, asOf.getTime(), timelines)
  const changes = diffMemberships(before, memberships, asOf.getTime())
  const isLive = Math.abs(context.now().getTime() - asOf.getTime()) <= DAY_MS
  return { memberships: memberships.length, changes, due: isLive ? due : [] }
}

/** Writes what `settleProfiles` judged of the same profiles as of the same instant. */
export async function saveSettled(tx: Tx, selection: ProfileSelection, settled: Settled, asOf: Date): Promise<void> {
  await Promise.all([saveMemberships(tx, settled.changes, asOf), saveDue(tx, selection, settled.due)])
}

/** What settling is reported as. */
export function countSettled({ memberships, changes }: Settled): {
  memberships: number
  entered: number
  left: number
} {
  return { memberships, entered: changes.entered.length, left: changes.left.length }
}
