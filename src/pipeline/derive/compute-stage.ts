import { composeFeatureRow } from '../../feature/compose-feature-row.ts'
import { appendFeatures, type FeatureColumns, openFeatureColumns } from '../../feature/feature-columns.ts'
import { findStaleAt } from '../../feature/find-stale-at.ts'
import type { NamedSession } from '../../session/stitch-stream.ts'
import { keepDerivationSettings } from '../../store/behaviour/keep-derivation-settings.ts'
import { loadBehaviours } from '../../store/behaviour/load-behaviours.ts'
import { findDue, planProfileRanges } from '../../store/behaviour/plan-profile-ranges.ts'
import { unsettleWithin } from '../../store/behaviour/save-due.ts'
import { saveFeatures } from '../../store/behaviour/save-features.ts'
import type { IdRange } from '../../store/identity/plan-ranges.ts'
import type { Tx } from '../../store/open-store.ts'
import { inLease } from '../../store/in-transaction.ts'
import type { LeasedChunk } from '../../store/run/chunk.ts'
import { planForAny } from '../../store/plan-for-any.ts'
import { finishChunk } from '../../store/run/finish-chunk.ts'
import { loadRun } from '../../store/run/load-run.ts'
import type { Context } from '../context.ts'
import { readAsOf } from '../read-as-of.ts'
import type { Stage } from '../stage.ts'
import { composeSessionSettings } from './compose-session-settings.ts'
import { listChannels } from './describe-derivations.ts'
import { describeDerivations } from './describe-derivations.ts'

/**
 * profile + events → features [E1] of who was not stitched. A chunk is a range of profiles of whom something new is known or
 * a window moved.
 */
export const computeStage: Stage = {
  name: 'compute',
  plan: async ({ settings }, tx, run) => {
    await keepDerivationSettings(tx, 'features', describeDerivations(settings, []).features)
    return planProfileRanges(tx, { uncomputed: readAsOf(run) }, 5_000)
  },
  work: compute,
}

async function compute(context: Context, chunk: LeasedChunk): Promise<void> {
  await inLease(context.store.sql, chunk, async (tx) => {
    await planForAny(tx)
    const asOf = readAsOf(await loadRun(tx, chunk.runId))
    const range = chunk.reference as unknown as IdRange
    const due = await findDue(tx, { uncomputed: asOf }, range)
    const { computed } = await computeFeatures(context, tx, due, asOf)
    await Promise.all([saveFeatures(tx, [computed], asOf), unsettleWithin(tx, range, due)])
    await finishChunk(tx, chunk, { computed: computed.profileIds.length })
  })
}

/** What is computed of the living among some profiles as of an instant, for `saveFeatures`, and all sessions they have. */
export async function computeFeatures(
  { settings }: Context,
  tx: Tx,
  profiles: readonly string[],
  asOf: Date,
): Promise<{ readonly computed: FeatureColumns; readonly sessions: readonly NamedSession[] }> {
  const channels = new Map(Object.entries(listChannels(settings.sources)))
  const cut = composeSessionSettings(settings.events)
  const tell = await loadBehaviours(tx, profiles, asOf, cut, channels)
  const [instant, periodDays] = [asOf.getTime(), settings.rfm.period_days]
  const computed = openFeatureColumns(profiles.length)
  const all: NamedSession[] = []
  for (const profileId of profiles) {
    const { behaviour, sessions } = tell(profileId)
    const row = composeFeatureRow(behaviour, instant, periodDays)
    appendFeatures(computed, row, findStaleAt(behaviour, instant, periodDays))
    for (const session of sessions) all.push(session)
  }
  return { computed, sessions: all }
}
