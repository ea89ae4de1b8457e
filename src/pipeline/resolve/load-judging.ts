import { openRecordScorer } from '../../engine/open-record-scorer.ts'
import { DEFAULT_MODEL } from '../../matching/default-model.ts'
import { DEFAULT_IDENTIFIER_POLICIES } from '../../matching/identifier-policy.ts'
import type { JudgementRules } from '../../matching/judge-pair.ts'
import type { NormalizedRecord } from '../../record/normalized-record.ts'
import { findModel } from '../../store/model/find-model.ts'
import type { Tx } from '../../store/open-store.ts'
import type { Context } from '../context.ts'
import { openModel } from '../model/open-model.ts'

/** How pairs are judged at the moment. */
export interface Judging {
  readonly modelVersion: string
  /** Opens the model over the records whose pairs are to be judged. */
  readonly open: (records: Iterable<NormalizedRecord>) => JudgementRules
}

/** Blocked values are known by hash only and are taken off when a record is opened. */
const SHIPPED: JudgementRules = { model: DEFAULT_MODEL, policies: DEFAULT_IDENTIFIER_POLICIES, blocked: new Set() }

/**
 * What pairs are judged by: the shipped policies and the model that was applied last, the shipped one when none was.
 * A model trained since judges nothing before a run applies it, so that whoever explains or verifies judges as the
 * runs did (P20).
 */
export async function loadJudging(context: Pick<Context, 'keyring'>, tx: Tx): Promise<Judging> {
  const stored = await findModel(tx, 'applied')
  if (stored === undefined) return { modelVersion: DEFAULT_MODEL.version, open: () => SHIPPED }
  const modelVersion = `model-${stored.version}`
  const model = openModel(context, stored)
  return { modelVersion, open: (records) => ({ ...SHIPPED, scorer: openRecordScorer(records, model, modelVersion) }) }
}
