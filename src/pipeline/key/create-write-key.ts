import { OnefoldError } from '../../errors.ts'
import { appendAudit } from '../../store/audit/append-audit.ts'
import { inTransaction } from '../../store/in-transaction.ts'
import { insertWriteKey } from '../../store/key/insert-write-key.ts'
import type { Context } from '../context.ts'
import { hashWriteKey } from './hash-write-key.ts'

/** 160 bits; the start tells people and secret scanners what it is. */
const KEY_BYTES = 20
const KEY_START = 'ofw_'

/**
 * Makes a key by which somebody may write to a source over HTTP. The key itself is returned and kept nowhere. Throws
 * `source.unknown` (settings) for a source that is not configured.
 */
export async function createWriteKey(
  context: Context,
  source: string,
): Promise<{ readonly keyId: string; readonly key: string }> {
  if (context.settings.sources[source] === undefined) {
    throw new OnefoldError('settings', 'source.unknown', `No source is called ${source}.`, {
      hint: 'Declare it in onefold.config.yaml first; `onefold init` writes one with examples.',
    })
  }
  const key = `${KEY_START}${context.random(KEY_BYTES).toString('hex')}`
  const keyId = context.newId()
  await inTransaction(context.store.sql, async (tx) => {
    await insertWriteKey(tx, { keyId, hash: hashWriteKey(context, key), source, createdBy: context.actor })
    await appendAudit(tx, { actor: context.actor, action: 'write_key.created', subject: keyId, details: { source } })
  })
  return { keyId, key }
}
