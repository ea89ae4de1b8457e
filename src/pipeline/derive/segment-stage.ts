import { compileSegments } from '../../segment/compile-segments.ts'
import { diffMemberships, type MembershipChanges } from '../../segment/diff-memberships.ts'
import { settlePeople } from '../../segment/evaluate-segments.ts'
import { keepDerivationSettings } from '../../store/behaviour/keep-derivation-settings.ts'
import { loadPeople } from '../../store/behaviour/load-people.ts'
import { planProfileRanges } from '../../store/behaviour/plan-profile-ranges.ts'
import { claimUnsettled, type Due, saveDue, unsettle, unsettleEverybody } from '../../store/behaviour/save-due.ts'
import { saveDefinitions } from '../../store/behaviour/save-definitions.ts'
import { loadOpenMemberships, saveMemberships } from '../../store/behaviour/save-memberships.ts'
import type { IdRange } from '../../store/identity/plan-ranges.ts'
import type { Tx } from '../../store/open-store.ts'
import { markUnpublishedWithin } from '../../store/profile/publish.ts'
import { inLease } from '../../store/in-transaction.ts'
import type { LeasedChunk } from '../../store/run/chunk.ts'
import { planForAny } from '../../store/plan-for-any.ts'
import { finishChunk } from '../../store/run/finish-chunk.ts'
import { loadRun } from '../../store/run/load-run.ts'
import type { Context } from '../context.ts'
import { type Instant, isOfNow, readAsOf } from '../read-as-of.ts'
import type { Stage } from '../stage.ts'
import { describeDerivations } from './describe-derivations.ts'

/** features → memberships with reasons [F2]. A chunk is a range of profiles whose features are others or whom time may have moved. */
export const segmentStage: Stage = {
  name: 'segment',
  plan: async (context, tx, run) => {
    const definitions = compileSegments(context.settings.segments)
    await saveDefinitions(tx, definitions)
    await keepDerivationSettings(tx, 'segments', describeDerivations(context.settings, definitions).segments)
    // Whom a pass made features of and told nobody of.
    await unsettle(
      tx,
      tx`SELECT profile_id FROM onefold.unpublished JOIN onefold.profiles USING (profile_id) WHERE dissolved_at IS NULL`,
    )
    // When time moves whom is known from when they were judged last: of no use for an instant of somebody's choice.
    if (!isOfNow(run)) await unsettleEverybody(tx)
    return planProfileRanges(tx, { unsettled: readAsOf(run) }, 5_000)
  },
  work: segment,
}

async function segment(context: Context, chunk: LeasedChunk): Promise<void> {
  await inLease(context.store.sql, chunk, async (tx) => {
    await planForAny(tx)
    const run = await loadRun(tx, chunk.runId)
    const asOf = readAsOf(run)
    const range = chunk.reference as unknown as IdRange
    const due = await claimUnsettled(tx, range, asOf)
    const settled = await settleProfiles(context, tx, due, { asOf, isLive: isOfNow(run) })
    const { entered, left, retold } = settled.changes
    const moved = new Set([...entered, ...left, ...retold].map(({ profileId }) => profileId))
    await Promise.all([saveSettled(tx, due, settled, asOf), markUnpublishedWithin(tx, range, due, moved)])
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
 * move from there is kept for `settleDue`, unless somebody chose the instant: what held then is not to be mixed with what
 * holds now, so the next walk judges these people again.
 */
export async function settleProfiles(
  context: Context,
  tx: Tx,
  profiles: readonly string[],
  { asOf, isLive }: Instant,
): Promise<Settled> {
  const definitions = compileSegments(context.settings.segments)
  const [people, before] = await Promise.all([
    loadPeople(tx, profiles, definitions, asOf),
    loadOpenMemberships(tx, profiles),
  ])
  const { memberships, due } = settlePeople(people, definitions, asOf.getTime())
  const changes = diffMemberships(before, memberships, asOf.getTime())
  const unsettled = profiles.map((profileId) => ({ profileId, at: -Infinity }))
  return { memberships: memberships.length, changes, due: isLive ? due : unsettled }
}

/** Writes what `settleProfiles` judged of the same profiles as of the same instant. */
export async function saveSettled(tx: Tx, profiles: readonly string[], settled: Settled, asOf: Date): Promise<void> {
  await Promise.all([saveMemberships(tx, settled.changes, asOf), saveDue(tx, profiles, settled.due)])
}

/** What settling is reported as. */
export function countSettled({ memberships, changes }: Settled): {
  memberships: number
  entered: number
  left: number
} {
  return { memberships, entered: changes.entered.length, left: changes.left.length }
}
