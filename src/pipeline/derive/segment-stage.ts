import { BUILT_IN_SEGMENTS } from '../../segment/built-in-segments.ts'
import { diffMemberships } from '../../segment/diff-memberships.ts'
import { evaluateSegments } from '../../segment/evaluate-segments.ts'
import { loadFeatures } from '../../store/behaviour/load-features.ts'
import { planProfileRanges } from '../../store/behaviour/plan-profile-ranges.ts'
import { loadOpenMemberships, saveDefinitions, saveMemberships } from '../../store/behaviour/save-memberships.ts'
import type { IdRange } from '../../store/identity/plan-ranges.ts'
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
  plan: async (_context, tx) => {
    await saveDefinitions(tx, BUILT_IN_SEGMENTS)
    return planProfileRanges(tx, 'living', 20_000)
  },
  work: segment,
}

async function segment(context: Context, chunk: LeasedChunk): Promise<void> {
  await inLease(context.store.sql, chunk, async (tx) => {
    const asOf = readAsOf(await loadRun(tx, chunk.runId))
    const range = chunk.reference as unknown as IdRange
    const members = evaluateSegments(await loadFeatures(tx, range), BUILT_IN_SEGMENTS, asOf.getTime())
    const changes = diffMemberships(await loadOpenMemberships(tx, range), members, asOf.getTime())
    await saveMemberships(tx, changes, asOf)
    await finishChunk(tx, chunk, {
      memberships: members.length,
      entered: changes.entered.length,
      left: changes.left.length,
    })
  })
}
