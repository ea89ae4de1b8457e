import { OnefoldError } from '../../errors.ts'
import { appendAudit } from '../../store/audit/append-audit.ts'
import { inTransaction } from '../../store/in-transaction.ts'
import { revokeKey as endKey } from '../../store/key/revoke-key.ts'
import type { Context } from '../context.ts'

/** Ends a key; servers refuse it within seconds. Throws `key.not_found` when no good key has the id. */
export async function revokeKey(context: Context, keyId: string): Promise<void> {
  await inTransaction(context.store.sql, async (tx) => {
    const kind = await endKey(tx, keyId)
    if (kind === undefined) {
      throw new OnefoldError('not_found', 'key.not_found', 'No key in use has this id.', {
        hint: '`onefold key list` tells the ids.',
      })
    }
    await appendAudit(tx, { actor: context.actor, action: `${kind}_key.revoked`, subject: keyId, details: {} })
  })
}
