import { composeProfile } from '../../profile/compose-profile.ts'
import type { ContributingRecord } from '../../profile/composed-profile.ts'
import { generalizeProfile } from '../../profile/generalize-profile.ts'
import { sealEnvelope } from '../../privacy/seal-envelope.ts'
import { spellDay } from '../../record/spell-day.ts'
import { keepDerivationSettings } from '../../store/behaviour/keep-derivation-settings.ts'
import { planProfileRanges } from '../../store/behaviour/plan-profile-ranges.ts'
import { markStale } from '../../store/behaviour/save-features.ts'
import type { IdRange } from '../../store/identity/plan-ranges.ts'
import { inLease } from '../../store/in-transaction.ts'
import { appendRevisions, type RevisionRow } from '../../store/profile/append-revisions.ts'
import { loadStaleProfiles, type StaleProfile } from '../../store/profile/load-stale-profiles.ts'
import type { Tx } from '../../store/open-store.ts'
import type { LeasedChunk } from '../../store/run/chunk.ts'
import { finishChunk } from '../../store/run/finish-chunk.ts'
import { loadRun } from '../../store/run/load-run.ts'
import type { Context } from '../context.ts'
import { hashToUuid } from '../hash-to-uuid.ts'
import { type OpenedRecord, openRecords } from '../resolve/open-records.ts'
import { readAsOf } from '../read-as-of.ts'
import type { Stage } from '../stage.ts'
import { describeDerivations } from './describe-derivations.ts'

/** Trust of a source that is not configured (any more). */
const DEFAULT_TRUST = 0.5

/**
 * cluster → profile with provenance [D1]. A chunk is a range of stale profiles; an unchanged one gets no revision. Other
 * trust in sources makes everybody stale, as does another month: ages are those of its first day, since the day on which
 * an age band is left would tell a birthday.
 */
export const composeStage: Stage = {
  name: 'compose',
  plan: async ({ settings }, tx, run) => {
    await keepDerivationSettings(tx, 'profiles', describeDerivations(settings, []).profiles)
    await keepDerivationSettings(tx, 'ages', { on: spellDay(beginMonth(readAsOf(run))) })
    return planProfileRanges(tx, 'stale', 2_000)
  },
  work: compose,
}

async function compose(context: Context, chunk: LeasedChunk): Promise<void> {
  await inLease(context.store.sql, chunk, async (tx) => {
    const asOf = readAsOf(await loadRun(tx, chunk.runId))
    const { composed, revisions } = await composeStale(context, tx, chunk.reference as unknown as IdRange, asOf)
    await Promise.all([appendRevisions(tx, composed, revisions), markStale(tx, composed)])
    await finishChunk(tx, chunk, { composed: composed.length, revised: revisions.length })
  })
}

/** Composes the stale profiles of a range, for `appendRevisions`; ages are those of the first day of the instant's month, UTC. */
export async function composeStale(
  context: Context,
  tx: Tx,
  range: IdRange,
  asOf: Date,
): Promise<{ readonly composed: readonly string[]; readonly revisions: readonly RevisionRow[] }> {
  const profiles = await loadStaleProfiles(tx, range)
  const opened = new Map<string, OpenedRecord>()
  const ids = profiles.flatMap(({ recordIds }) => recordIds)
  for await (const record of openRecords(context, tx, ids)) opened.set(record.recordId, record)
  return {
    composed: profiles.map((profile) => profile.profileId),
    revisions: profiles.flatMap((profile) => {
      const members = profile.recordIds.flatMap((id) => opened.get(id) ?? [])
      return composeRevision(context, profile, members, asOf) ?? []
    }),
  }
}

function composeRevision(
  context: Context,
  stale: StaleProfile,
  members: readonly OpenedRecord[],
  asOf: Date,
): RevisionRow | undefined {
  const composed = composeProfile(members.map((member) => contribute(context, member)))
  const generalized = generalizeProfile(composed, beginMonth(asOf).getTime())
  const content = JSON.stringify(composed)
  const fingerprint = hashToUuid(context.keyring.fingerprint, 'revision', content, JSON.stringify(generalized))
  if (fingerprint === stale.fingerprint) return undefined
  const revision = stale.revision + 1
  const place = nameRevision(stale.profileId, revision)
  const sealed = sealEnvelope(context.keyring, Buffer.from(content, 'utf8'), place, context.random)
  return {
    profileId: stale.profileId,
    revision,
    sealed,
    generalized: { ...generalized, sources: [...generalized.sources] },
    fingerprint,
  }
}

function beginMonth(instant: Date): Date {
  return new Date(Date.UTC(instant.getUTCFullYear(), instant.getUTCMonth()))
}

function contribute(context: Context, member: OpenedRecord): ContributingRecord {
  return {
    recordId: member.recordId,
    source: member.source,
    trust: context.settings.sources[member.source]?.trust ?? DEFAULT_TRUST,
    ...(member.updatedAt === null ? {} : { updatedAt: member.updatedAt.getTime() }),
    seq: member.seq,
    record: member.record,
  }
}

/** The place that a revision's envelope is sealed for. */
export function nameRevision(profileId: string, revision: number): string {
  return `profile_revisions:${profileId}:${revision}`
}
