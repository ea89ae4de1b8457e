import { compileSegments } from '../../segment/compile-segments.ts'
import { diffMemberships } from '../../segment/diff-memberships.ts'
import { evaluateSegments } from '../../segment/evaluate-segments.ts'
import { loadFeatures } from '../../store/behaviour/load-features.ts'
import { planProfileRanges } from '../../store/behaviour/plan-profile-ranges.ts'
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

/** Puts the living among some profiles into their segments as of an instant. */
export async function segmentProfiles(
  context: Context,
  tx: Tx,
  selection: ProfileSelection,
  asOf: Date,
): Promise<{ memberships: number; entered: number; left: number }> {
  const [features, before] = await Promise.all([loadFeatures(tx, selection), loadOpenMemberships(tx, selection)])
  const members = evaluateSegments(features, compileSegments(context.settings.segments), asOf.getTime())
  const changes = diffMemberships(before, members, asOf.getTime())
  await saveMemberships(tx, changes, asOf)
  return { memberships: members.length, entered: changes.entered.length, left: changes.left.length }
}
