import { saveSettled, settleProfiles } from '../derive/segment-stage.ts'
import { compileSegments } from '../../segment/compile-segments.ts'
import type { AuditNote } from '../../store/audit/append-audit.ts'
import { compareDerivations } from '../../store/behaviour/keep-derivation-settings.ts'
import { findProfilesOfRecords } from '../../store/identity/find-profile.ts'
import type { Tx } from '../../store/open-store.ts'
import { publishMoves } from '../../store/profile/publish-changes.ts'
import type { Context } from '../context.ts'
import { describeDerivations } from '../derive/describe-derivations.ts'

/**
 * Judges and publishes the segments of known people to whom these actors belong, who did something just now: by all their
 * events, and by features as they were computed last; those that follow from what they did are `resolveDue`'s. Nothing is
 * done while a walk is due that would derive everybody by other settings. The caller holds the path. Returns what is to be
 * noted.
 */
export async function settleArrived(
  context: Context,
  tx: Tx,
  actorIds: readonly string[],
  asOf: Date,
): Promise<readonly AuditNote[]> {
  const definitions = compileSegments(context.settings.segments)
  const [derivedBy, profileOf] = await Promise.all([
    compareDerivations(tx, describeDerivations(context.settings, definitions)),
    findProfilesOfRecords(tx, actorIds),
  ])
  const people = [...new Set(profileOf.values())].sort()
  if (derivedBy !== 'same' || people.length === 0) return []
  const settled = await settleProfiles(context, tx, people, { asOf, isLive: true })
  const { entered, left } = settled.changes
  await Promise.all([saveSettled(tx, people, settled, asOf), publishMoves(tx, settled.changes, asOf)])
  const details = { people: people.length, entered: entered.length, left: left.length }
  return [{ actor: context.actor, action: 'segments.settled', subject: 'arrivals', details }]
}
