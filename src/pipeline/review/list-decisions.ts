import { openEnvelope } from '../../privacy/open-envelope.ts'
import { appendAudit } from '../../store/audit/append-audit.ts'
import { findDecisions, type ListedDecision } from '../../store/decision/find-decisions.ts'
import { inTransaction } from '../../store/in-transaction.ts'
import type { Context } from '../context.ts'
import { nameDecision } from '../name-place.ts'
import { nameDecidable } from './name-decidable.ts'

/** A decision with its reason; undefined when none was given, or when it was not asked for. */
export interface ToldDecision extends Omit<ListedDecision, 'sealedNote'> {
  readonly note: string | undefined
}

/** What people decided, the newest first; about one record if one is named. Reasons only with `reveal`, and the audit log says so. */
export async function listDecisions(
  context: Context,
  { about, reveal = false, limit }: { readonly about?: string; readonly reveal?: boolean; readonly limit: number },
): Promise<ToldDecision[]> {
  return inTransaction(context.store.sql, async (tx) => {
    const recordId = about === undefined ? undefined : await nameDecidable(context, tx, about)
    const found = await findDecisions(tx, { limit, ...(recordId !== undefined && { recordId }) })
    if (reveal) {
      const details = { decisions: found.length }
      await appendAudit(tx, { actor: context.actor, action: 'decisions.revealed', subject: recordId ?? 'all', details })
    }
    return found.map(({ sealedNote, ...decision }) => ({
      ...decision,
      note:
        reveal && sealedNote !== null
          ? openEnvelope(context.keyring, sealedNote, nameDecision(decision.actId)).toString('utf8')
          : undefined,
    }))
  })
}
