import type { Settings } from '../../config/settings.ts'
import { type FeatureColumns, openFeatureColumns } from '../../feature/feature-columns.ts'
import type { HashKey } from '../../privacy/keyring.ts'
import type { NamedSession } from '../../session/stitch-stream.ts'
import { type Claim, claimUnstitched, nameStream } from '../../store/behaviour/claim-unstitched.ts'
import { extendHistories } from '../../store/behaviour/extend-histories.ts'
import { findFirstChanged } from '../../store/behaviour/find-first-changed.ts'
import { keepDerivationSettings } from '../../store/behaviour/keep-derivation-settings.ts'
import { planProfileRanges } from '../../store/behaviour/plan-profile-ranges.ts'
import { replaceSessions } from '../../store/behaviour/replace-sessions.ts'
import { type NamedCampaign, saveCampaigns } from '../../store/behaviour/save-campaigns.ts'
import { unsettleWithin } from '../../store/behaviour/save-due.ts'
import { saveFeatures } from '../../store/behaviour/save-features.ts'
import type { IdRange } from '../../store/identity/plan-ranges.ts'
import { inLease } from '../../store/in-transaction.ts'
import type { Tx } from '../../store/open-store.ts'
import type { LeasedChunk } from '../../store/run/chunk.ts'
import { planForAny } from '../../store/plan-for-any.ts'
import { planForGiven } from '../../store/plan-for-given.ts'
import { spellId } from '../../store/uuid-column.ts'
import { finishChunk } from '../../store/run/finish-chunk.ts'
import { loadRun } from '../../store/run/load-run.ts'
import type { Context } from '../context.ts'
import { hashCampaign } from '../hash-campaign.ts'
import { readAsOf } from '../read-as-of.ts'
import type { Stage } from '../stage.ts'
import { composeSessionSettings } from './compose-session-settings.ts'
import { computeFeatures } from './compute-stage.ts'
import { describeDerivations } from './describe-derivations.ts'

/**
 * events → sessions [C9], and features of whoever has new ones [E1]: both are made of the same histories. A chunk is a range
 * of profiles; sessions that what is new may change are made anew.
 */
export const stitchStage: Stage = {
  name: 'stitch',
  plan: async ({ settings, keyring }, tx) => {
    const { sessions, features } = describeDerivations(settings, [])
    await keepDerivationSettings(tx, 'sessions', sessions)
    await keepDerivationSettings(tx, 'features', features)
    await saveCampaigns(tx, nameCampaigns(settings.events, keyring.fingerprint))
    return planProfileRanges(tx, 'unstitched', 5_000)
  },
  work: stitch,
}

/** The declared campaigns by what stands for them in events; of spellings that mean one the last counts. */
function nameCampaigns({ campaigns }: Settings['events'], key: HashKey): NamedCampaign[] {
  const names = new Map(campaigns.map((name) => [spellId(hashCampaign(key, name)), name]))
  return Array.from(names, ([campaign, name]) => ({ campaign, name }))
}

async function stitch(context: Context, chunk: LeasedChunk): Promise<void> {
  await inLease(context.store.sql, chunk, async (tx) => {
    const asOf = readAsOf(await loadRun(tx, chunk.runId))
    // A few of the range are due, or all: by the index of what is unstitched each chunk would read everybody else's, too.
    await planForGiven(tx)
    const range = chunk.reference as unknown as IdRange
    const claim = await claimUnstitched(tx, range)
    await planForAny(tx)
    const { computed, ...counts } = await stitchProfiles(context, tx, claim, asOf)
    const living = computed.profileIds
    await Promise.all([saveFeatures(tx, [computed], asOf), unsettleWithin(tx, range, living)])
    await finishChunk(tx, chunk, { stitchedProfiles: claim.profiles.length, ...counts, computed: living.length })
  })
}

/** What became of people who were claimed. */
export interface Stitched {
  /** Events of the sessions that were made anew, and how many these are. */
  readonly stitchedEvents: number
  readonly sessions: number
  /** For `saveFeatures`. */
  readonly computed: FeatureColumns
}

/** Makes the sessions of profiles that are claimed anew, and computes their features as of an instant. */
export async function stitchProfiles(context: Context, tx: Tx, claim: Claim, asOf: Date): Promise<Stitched> {
  if (claim.profiles.length === 0) return { stitchedEvents: 0, sessions: 0, computed: openFeatureColumns(0) }
  const { gapMs } = composeSessionSettings(context.settings.events)
  // Sent together: features are computed of the histories as they are then.
  const [, { sinceOf, sessionIds }, { computed, sessions }] = await Promise.all([
    extendHistories(tx, claim.unread),
    findFirstChanged(tx, claim, gapMs),
    computeFeatures(context, tx, claim.profiles, asOf),
  ])
  const isRenewed = (named: NamedSession): boolean =>
    claim.whole.has(named.profileId) || named.session.startedAt >= (sinceOf.get(nameStream(named)) ?? Infinity)
  const renewed = sessions.filter(isRenewed)
  await replaceSessions(tx, { profiles: [...claim.whole], sessionIds }, renewed)
  return {
    stitchedEvents: renewed.reduce((sum, { session }) => sum + session.events, 0),
    sessions: renewed.length,
    computed,
  }
}
