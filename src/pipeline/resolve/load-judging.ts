import { openRecordScorer } from '../../engine/open-record-scorer.ts'
import { DEFAULT_MODEL } from '../../matching/default-model.ts'
import { DEFAULT_IDENTIFIER_POLICIES } from '../../matching/identifier-policy.ts'
import type { JudgementRules } from '../../matching/judge-pair.ts'
import type { NormalizedRecord } from '../../record/normalized-record.ts'
import { findAppliedModel, type ModelChoice } from '../../store/model/find-applied-model.ts'
import type { Tx } from '../../store/open-store.ts'
import type { Context } from '../context.ts'
import { loadModel } from '../model/load-model.ts'
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
 * What pairs are judged by: the shipped policies and a model, the one in force unless another is named. A model that
 * was trained since judges nothing before it is applied, so that whoever explains or verifies judges as the runs did
 * (P20). Throws `model.not_found`.
 */
export async function loadJudging(context: Pick<Context, 'keyring'>, tx: Tx, wanted?: ModelChoice): Promise<Judging> {
  const choice = wanted ?? (await findAppliedModel(tx))
  if (choice === 'shipped') return { modelVersion: DEFAULT_MODEL.version, open: () => SHIPPED }
  const stored = await loadModel(tx, choice)
  const modelVersion = `model-${stored.version}`
  const model = openModel(context, stored)
  return { modelVersion, open: (records) => ({ ...SHIPPED, scorer: openRecordScorer(records, model, modelVersion) }) }
}
