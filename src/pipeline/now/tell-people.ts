import { saveSettled, settleProfiles } from '../derive/segment-stage.ts'
import { compileSegments } from '../../segment/compile-segments.ts'
import type { AuditNote } from '../../store/audit/append-audit.ts'
import { compareDerivations } from '../../store/behaviour/keep-derivation-settings.ts'
import { findProfilesOfRecords } from '../../store/identity/find-profile.ts'
import type { Tx } from '../../store/open-store.ts'
import { publishMoves } from '../../store/profile/publish-changes.ts'
import { takeUnpublished, upsertProfiles } from '../../store/profile/publish.ts'
import { hasWalkFailed } from '../../store/run/hold-path.ts'
import { spellArray } from '../../store/spell-array.ts'
import type { Context } from '../context.ts'
import { describeDerivations } from '../derive/describe-derivations.ts'

/** Whom a pass told of. */
export interface ToldPeople {
  /** Of how many what was derived is published; when as many as could be, others may wait. */
  readonly published: number
  readonly notes: readonly AuditNote[]
}

/**
 * Judges and publishes the segments of known people to whom these actors belong, who did something just now: by all their
 * events, and by features as they were computed last. With them `mostPublished` of those whose features were computed
 * meanwhile (`deriveKnown`), and what their profiles say. Nothing is done while a walk is due that would derive everybody
 * by other settings; after one that failed, whose numbers may be half there, no profile is published. The caller holds
 * `telling`.
 */
export async function tellPeople(
  context: Context,
  tx: Tx,
  actorIds: readonly string[],
  mostPublished: number,
): Promise<ToldPeople> {
  const asOf = context.now()
  const definitions = compileSegments(context.settings.segments)
  const [derivedBy, profileOf, mayPublish] = await Promise.all([
    compareDerivations(tx, describeDerivations(context.settings, definitions)),
    findProfilesOfRecords(tx, actorIds),
    mostPublished > 0 && hasWalkFailed(tx).then((hasFailed) => !hasFailed),
  ])
  if (derivedBy !== 'same') return { published: 0, notes: [] }
  const derived = mayPublish ? await takeUnpublished(tx, mostPublished) : []
  const people = [...new Set([...profileOf.values(), ...derived])].sort()
  if (people.length === 0) return { published: 0, notes: [] }
  const settled = await settleNow(context, tx, people, asOf, 'arrivals')
  if (derived.length === 0) return { published: 0, notes: [settled] }
  await upsertProfiles(tx, tx`AND profile.profile_id = ANY(${spellArray(derived)}::uuid[])`)
  const published = { ...settled, action: 'profiles.published', details: { profiles: derived.length } }
  return { published: derived.length, notes: [settled, published] }
}

/** Judges people now, all of whom were told of before, and publishes how they moved; returns what is to be noted of `subject`. */
export async function settleNow(
  context: Context,
  tx: Tx,
  people: readonly string[],
  asOf: Date,
  subject: string,
): Promise<AuditNote> {
  const settled = await settleProfiles(context, tx, people, { asOf, isLive: true })
  await Promise.all([saveSettled(tx, people, settled, asOf), publishMoves(tx, settled.changes, asOf)])
  const { entered, left } = settled.changes
  const details = { people: people.length, entered: entered.length, left: left.length }
  return { actor: context.actor, action: 'segments.settled', subject, details }
}
