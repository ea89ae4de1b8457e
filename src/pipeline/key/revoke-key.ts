import { OnefoldError } from '../../errors.ts'
import { appendAudit } from '../../store/audit/append-audit.ts'
import { inTransaction } from '../../store/in-transaction.ts'
import { revokeWriteKey } from '../../store/key/revoke-write-key.ts'
import type { Context } from '../context.ts'

/** Ends a write key; servers refuse it within seconds. Throws `write_key.not_found` when no good key has the id. */
export async function revokeKey(context: Context, keyId: string): Promise<void> {
  await inTransaction(context.store.sql, async (tx) => {
    if (!(await revokeWriteKey(tx, keyId))) {
      throw new OnefoldError('not_found', 'write_key.not_found', 'No key in use has this id.', {
        hint: '`onefold key list` tells the ids.',
      })
    }
    await appendAudit(tx, { actor: context.actor, action: 'write_key.revoked', subject: keyId, details: {} })
  })
}
