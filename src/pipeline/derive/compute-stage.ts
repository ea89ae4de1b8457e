import { composeFeatureRow } from '../../feature/compose-feature-row.ts'
import type { FeatureRow } from '../../feature/feature-row.ts'
import { loadBehaviours } from '../../store/behaviour/load-behaviours.ts'
import { planProfileRanges } from '../../store/behaviour/plan-profile-ranges.ts'
import { saveFeatures } from '../../store/behaviour/save-features.ts'
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

/** profile + events + sessions → features [E1]. A chunk is a range of living profiles: windows move for all of them. */
export const computeStage: Stage = {
  name: 'compute',
  plan: (_context, tx) => planProfileRanges(tx, 'living', 5_000),
  work: compute,
}

async function compute(context: Context, chunk: LeasedChunk): Promise<void> {
  await inLease(context.store.sql, chunk, async (tx) => {
    const asOf = readAsOf(await loadRun(tx, chunk.runId))
    const rows = await computeFeatures(context, tx, chunk.reference as unknown as IdRange, asOf)
    await saveFeatures(tx, rows, asOf, 'dropped')
    await finishChunk(tx, chunk, { computed: rows.length })
  })
}

/** What is computed of the living among some profiles as of an instant, for `saveFeatures`. */
export async function computeFeatures(
  { settings }: Context,
  tx: Tx,
  selection: ProfileSelection,
  asOf: Date,
): Promise<FeatureRow[]> {
  const behaviours = await loadBehaviours(tx, selection, asOf)
  return behaviours.map((behaviour) => composeFeatureRow(behaviour, asOf.getTime(), settings.rfm.period_days))
}
