import type { ComposedProfile } from '../../profile/composed-profile.ts'
import { openEnvelope } from '../../privacy/open-envelope.ts'
import { appendAudit } from '../../store/audit/append-audit.ts'
import { inTransaction } from '../../store/in-transaction.ts'
import { loadProfile, type StoredProfile } from '../../store/profile/load-profile.ts'
import type { Context } from '../context.ts'
import { nameRevision } from '../derive/compose-stage.ts'

export interface OpenedProfile extends Omit<StoredProfile, 'sealed'> {
  /** Undefined before the profile was first composed. */
  readonly composed: ComposedProfile | undefined
}

/** Opens a profile for a person to read; that somebody looked is in the audit log [H6]. Throws `profile.not_found`. */
export async function openProfile(context: Context, profileId: string): Promise<OpenedProfile> {
  return inTransaction(context.store.sql, async (tx) => {
    const { sealed, ...profile } = await loadProfile(tx, profileId)
    const composed =
      sealed === null
        ? undefined
        : (JSON.parse(
            openEnvelope(context.keyring, sealed, nameRevision(profileId, profile.revision)).toString('utf8'),
          ) as ComposedProfile)
    await appendAudit(tx, {
      actor: context.actor,
      action: 'profile.shown',
      subject: profileId,
      details: { revision: profile.revision },
    })
    return { ...profile, composed }
  })
}
