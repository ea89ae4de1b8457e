import { openEnvelope } from '../../privacy/open-envelope.ts'
import { sealEnvelope } from '../../privacy/seal-envelope.ts'
import { appendAudit } from '../../store/audit/append-audit.ts'
import { inTransaction } from '../../store/in-transaction.ts'
import { findModel } from '../../store/model/find-model.ts'
import { insertModel, type NewModel } from '../../store/model/insert-model.ts'
import { lockModels } from '../../store/model/lock-models.ts'
import type { Context } from '../context.ts'
import { nameModel } from '../name-place.ts'
import { formatJudgingModel, isOfSplink, type JudgingModel } from './judging-model.ts'

export interface SavedModel {
  readonly version: number
  /** False when the newest model says the same to the byte: it stays the newest. */
  readonly isNew: boolean
}

/** Keeps a model as a new version, sealed, since what it holds to be common are people's names. It judges once it is applied. */
export async function saveModel(
  context: Context,
  model: JudgingModel,
  { origin, trainedRecords }: Pick<NewModel, 'origin' | 'trainedRecords'>,
): Promise<SavedModel> {
  const text = formatJudgingModel(model)
  return inTransaction(context.store.sql, async (tx) => {
    const newest = await lockModels(tx)
    const before = await findModel(tx, 'newest')
    if (before !== undefined) {
      const known = openEnvelope(context.keyring, before.sealed, nameModel(before.version)).toString('utf8')
      if (known === text) return { version: newest, isNew: false }
    }
    const version = newest + 1
    const sealed = sealEnvelope(context.keyring, Buffer.from(text, 'utf8'), nameModel(version), context.random)
    await insertModel(tx, { version, origin, trainedRecords, sealed })
    await appendAudit(tx, {
      actor: context.actor,
      action: `model.${origin}`,
      subject: String(version),
      details: {
        records: trainedRecords,
        comparisons: (isOfSplink(model) ? model.settings : model).comparisons.length,
      },
    })
    return { version, isNew: true }
  })
}
