import type { IdentityPlan } from '../../identity/plan-identity.ts'
import { claimUnstitched } from '../../store/behaviour/claim-unstitched.ts'
import { saveFeatures } from '../../store/behaviour/save-features.ts'
import { FIRST_ID, type IdRange } from '../../store/identity/plan-ranges.ts'
import type { Tx } from '../../store/open-store.ts'
import { appendRevisions } from '../../store/profile/append-revisions.ts'
import { publishChanges } from '../../store/profile/publish-changes.ts'
import type { Context } from '../context.ts'
import { composeStale } from '../derive/compose-stage.ts'
import { computeFeatures } from '../derive/compute-stage.ts'
import { countSettled, saveSettled, settleProfiles } from '../derive/segment-stage.ts'
import { stitchProfiles } from '../derive/stitch-stage.ts'
import type { Instant } from '../read-as-of.ts'

const ALL: IdRange = { from: FIRST_ID }

/**
 * Derives and publishes whoever is stale or has unstitched events (of the latter `mostStitched` at most), and withdraws the
 * profiles that `plan` ended. What is written by one step is sent together with what the next asks, and done before it.
 */
export async function deriveTouched(
  context: Context,
  tx: Tx,
  plan: Pick<IdentityPlan, 'merged' | 'retired' | 'split'> & { readonly revived: number },
  { asOf, isLive }: Instant,
  mostStitched = Infinity,
): Promise<Record<string, number> & { published: number }> {
  const ended = [...plan.merged.map(({ from }) => from), ...plan.retired]
  const claim = await claimUnstitched(tx, Number.isFinite(mostStitched) ? mostStitched : ALL)
  const { computed: stitched, ...sessions } = await stitchProfiles(context, tx, claim, asOf)
  const { composed, revisions } = await composeStale(context, tx, ALL, asOf)
  const isStitched = new Set(stitched.profileIds)
  const others = composed.filter((id) => !isStitched.has(id))
  const living = [...isStitched, ...others].sort()
  if (living.length + ended.length === 0) return { composed: 0, published: 0 }
  const [, { computed }] = await Promise.all([
    appendRevisions(tx, composed, revisions),
    computeFeatures(context, tx, others, asOf),
  ])
  const [, settled] = await Promise.all([
    saveFeatures(tx, [stitched, computed], asOf),
    settleProfiles(context, tx, living, { asOf, isLive }),
  ])
  const [, { profiles, withdrawn }] = await Promise.all([
    saveSettled(tx, living, settled, asOf),
    publishChanges(tx, [...living, ...ended], asOf, ended.length + plan.split.length + plan.revived > 0),
  ])
  return {
    ...sessions,
    stitchedProfiles: claim.profiles.length,
    composed: composed.length,
    revised: revisions.length,
    computed: living.length,
    ...countSettled(settled),
    published: profiles,
    withdrawn,
  }
}
