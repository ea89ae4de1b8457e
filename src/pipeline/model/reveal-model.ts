import { composeSettings } from '../../splink/compose-settings.ts'
import type { SplinkDialect } from '../../splink/phrases.ts'
import { appendAudit } from '../../store/audit/append-audit.ts'
import { inTransaction } from '../../store/in-transaction.ts'
import type { Context } from '../context.ts'
import { formatJudgingModel, isOfSplink } from './judging-model.ts'
import { loadModel } from './load-model.ts'
import { openModel } from './open-model.ts'

/** The file of a model, common names and all. That somebody had it is written to the audit log. */
export async function revealModel(context: Context, version?: number): Promise<string> {
  const stored = await loadModel(context.store.sql, version)
  const text = formatJudgingModel(openModel(context, stored))
  await noteRevealed(context, stored.version)
  return text
}

export interface RevealedSettings {
  readonly settings: string
  /** Levels that SQL does not say. */
  readonly unsaid: readonly string[]
}

/** A model as settings of Splink [C10]; one that came from there as it came. Written to the audit log, too. */
export async function revealSettings(
  context: Context,
  dialect: SplinkDialect,
  version?: number,
): Promise<RevealedSettings> {
  const stored = await loadModel(context.store.sql, version)
  const model = openModel(context, stored)
  const { settings, unsaid } = isOfSplink(model)
    ? { settings: model.settings, unsaid: [] }
    : composeSettings(model, dialect)
  await noteRevealed(context, stored.version)
  return { settings: `${JSON.stringify(settings, null, 2)}\n`, unsaid }
}

function noteRevealed(context: Context, version: number): Promise<void> {
  return inTransaction(context.store.sql, (tx) =>
    appendAudit(tx, { actor: context.actor, action: 'model.revealed', subject: String(version), details: {} }),
  )
}
