import { compileSegments } from '../../segment/compile-segments.ts'
import { claimUnstitched } from '../../store/behaviour/claim-unstitched.ts'
import { compareDerivations } from '../../store/behaviour/keep-derivation-settings.ts'
import { saveFeatures } from '../../store/behaviour/save-features.ts'
import { countDue } from '../../store/identity/count-due.ts'
import type { Tx } from '../../store/open-store.ts'
import { markUnpublished } from '../../store/profile/publish.ts'
import type { Context } from '../context.ts'
import { describeDerivations } from '../derive/describe-derivations.ts'
import { stitchProfiles } from '../derive/stitch-stage.ts'

/**
 * Makes sessions and features of `most` actors' people at most, who are known and did something, and marks them for
 * `tellPeople`. Returns how many; undefined, with nothing done, when somebody or something else is due, too, which
 * `resolveDue` is for. The caller holds `deriving`.
 */
export async function deriveKnown(context: Context, tx: Tx, most: number): Promise<number | undefined> {
  const { settings } = context
  const asOf = context.now()
  const [due, derivedBy] = await Promise.all([
    countDue(tx, 1),
    compareDerivations(tx, describeDerivations(settings, compileSegments(settings.segments))),
  ])
  if (due.pages + due.records + due.stale + due.decisions > 0 || derivedBy !== 'same') return undefined
  const claim = await claimUnstitched(tx, most)
  if (claim.profiles.length === 0) return 0
  const { computed } = await stitchProfiles(context, tx, claim, asOf)
  await Promise.all([saveFeatures(tx, [computed], asOf), markUnpublished(tx, claim.profiles, new Set())])
  return claim.profiles.length
}
