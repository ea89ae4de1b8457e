import { OnefoldError } from '../../errors.ts'
import { appendAudit } from '../../store/audit/append-audit.ts'
import { inTransaction } from '../../store/in-transaction.ts'
import { insertKey } from '../../store/key/insert-key.ts'
import type { KeyKind } from '../../store/key/key.ts'
import type { Context } from '../context.ts'
import { hashKey } from './hash-key.ts'

/** 160 bits; the start tells people and secret scanners what it is. */
const KEY_BYTES = 20
const KEY_STARTS: Readonly<Record<KeyKind, string>> = { write: 'ofw_', read: 'ofr_' }

/** A key as made: kept nowhere, so this is the only time it is seen. */
export interface CreatedKey {
  readonly keyId: string
  readonly key: string
}

/**
 * Makes a key by which somebody may write to a source over HTTP. Throws `source.unknown` (settings) for a source that is
 * not configured.
 */
export async function createWriteKey(context: Context, source: string): Promise<CreatedKey> {
  if (context.settings.sources[source] === undefined) {
    throw new OnefoldError('settings', 'source.unknown', `No source is called ${source}.`, {
      hint: 'Declare it in onefold.config.yaml first; `onefold init` writes one with examples.',
    })
  }
  return createKey(context, 'write', source, { source })
}

/** Makes a key by which `reader`, a name of the project's own, may ask over HTTP who is in which segment [J1]. */
export async function createReadKey(context: Context, reader: string): Promise<CreatedKey> {
  return createKey(context, 'read', reader, { reader })
}

async function createKey(
  context: Context,
  kind: KeyKind,
  holder: string,
  details: Readonly<Record<string, string>>,
): Promise<CreatedKey> {
  const key = `${KEY_STARTS[kind]}${context.random(KEY_BYTES).toString('hex')}`
  const keyId = context.newId()
  await inTransaction(context.store.sql, async (tx) => {
    await insertKey(tx, { keyId, kind, hash: hashKey(context, kind, key), holder, createdBy: context.actor })
    await appendAudit(tx, { actor: context.actor, action: `${kind}_key.created`, subject: keyId, details })
  })
  return { keyId, key }
}
