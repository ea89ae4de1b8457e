import { formatEngineModel } from '../../engine/engine-model.ts'
import { appendAudit } from '../../store/audit/append-audit.ts'
import { inTransaction } from '../../store/in-transaction.ts'
import type { Context } from '../context.ts'
import { loadModel } from './load-model.ts'
import { openModel } from './open-model.ts'

/** The file of a model, common names and all. That somebody had it is written to the audit log. */
export async function revealModel(context: Context, version?: number): Promise<string> {
  const stored = await loadModel(context.store.sql, version)
  const text = formatEngineModel(openModel(context, stored))
  await inTransaction(context.store.sql, (tx) =>
    appendAudit(tx, { actor: context.actor, action: 'model.revealed', subject: String(stored.version), details: {} }),
  )
  return text
}
