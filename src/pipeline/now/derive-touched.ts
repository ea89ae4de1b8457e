import type { IdentityPlan } from '../../identity/plan-identity.ts'
import { compileSegments } from '../../segment/compile-segments.ts'
import { saveDefinitions } from '../../store/behaviour/save-definitions.ts'
import type { IdRange } from '../../store/identity/plan-ranges.ts'
import type { Tx } from '../../store/open-store.ts'
import { publishChanges } from '../../store/profile/publish-changes.ts'
import type { Context } from '../context.ts'
import { composeStale } from '../derive/compose-stage.ts'
import { computeFeatures } from '../derive/compute-stage.ts'
import { segmentProfiles } from '../derive/segment-stage.ts'
import { stitchUnstitched } from '../derive/stitch-stage.ts'

const ALL: IdRange = { from: '00000000-0000-0000-0000-000000000000' }

/**
 * Derives and publishes whoever is stale or has unstitched events, and withdraws the profiles that `plan` ended.
 */
export async function deriveTouched(
  context: Context,
  tx: Tx,
  plan: Pick<IdentityPlan, 'merged' | 'retired' | 'split'> & { readonly revived: number },
  asOf: Date,
): Promise<Record<string, number> & { published: number }> {
  const ended = [...plan.merged.map(({ from }) => from), ...plan.retired]
  const { stitched, ...sessions } = await stitchUnstitched(context, tx, ALL)
  const { composed, revised } = await composeStale(context, tx, ALL, asOf)
  const living = [...new Set([...stitched, ...composed])].sort()
  if (living.length + ended.length === 0) return { composed: 0, published: 0 }
  const [computed] = await Promise.all([
    computeFeatures(context, tx, living, asOf, 'kept'),
    saveDefinitions(tx, compileSegments(context.settings.segments)),
  ])
  const segments = await segmentProfiles(context, tx, living, asOf)
  const { profiles, withdrawn } = await publishChanges(
    tx,
    [...living, ...ended],
    asOf,
    ended.length + plan.split.length + plan.revived > 0,
  )
  return {
    ...sessions,
    stitchedProfiles: stitched.length,
    composed: composed.length,
    revised,
    computed,
    ...segments,
    published: profiles,
    withdrawn,
  }
}
