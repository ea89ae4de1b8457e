import { appendAudit } from '../../store/audit/append-audit.ts'
import { insertProtection, removeProtection } from '../../store/decision/save-protection.ts'
import { inTransaction } from '../../store/in-transaction.ts'
import type { Context } from '../context.ts'
import { nameDecidable } from './name-decidable.ts'

/** A profile that is protected, or is no more. */
export interface Protected {
  readonly profileId: string
  /** False when it was so before. */
  readonly isNew: boolean
}

/**
 * Protects a profile, or lifts that: a match never joins two protected ones, it becomes a review item instead, which a
 * person may decide [C1]. Lifting lets the next run look at the matches that were held. Throws `profile.not_found`.
 */
export async function protectProfile(
  context: Context,
  text: string,
  { by, lift }: { readonly by: string; readonly lift: boolean },
): Promise<Protected> {
  return inTransaction(context.store.sql, async (tx) => {
    const profileId = await nameDecidable(context, tx, text)
    const isNew = await (lift ? removeProtection(tx, profileId) : insertProtection(tx, profileId, by))
    if (isNew) {
      const action = lift ? 'profile.protection_lifted' : 'profile.protected'
      await appendAudit(tx, { actor: context.actor, action, subject: profileId, details: { by } })
    }
    return { profileId, isNew }
  })
}
