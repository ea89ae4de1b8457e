import { DEFAULT_MODEL } from '../../matching/default-model.ts'
import type { IdentifierPolicies, IdentifierSettings } from '../../matching/identifier-policy.ts'
import type { JudgementRules } from '../../matching/judge-pair.ts'
import type { NormalizedRecord } from '../../record/normalized-record.ts'
import type { ModelChoice } from '../../store/model/find-applied-model.ts'
import { findApplication } from '../../store/model/find-application.ts'
import type { Tx } from '../../store/open-store.ts'
import type { Context } from '../context.ts'
import { openModelScorer } from '../model/judging-model.ts'
import { loadModel } from '../model/load-model.ts'
import { openModel } from '../model/open-model.ts'
import { composePolicies } from './compose-policies.ts'

/** How pairs are judged at the moment. */
export interface Judging {
  readonly modelVersion: string
  readonly policies: IdentifierPolicies
  /** Opens the model over the records whose pairs are to be judged. */
  readonly open: (records: Iterable<NormalizedRecord>) => JudgementRules
}

/** What might judge instead of what does; the policies in force where none are named. */
export interface WantedJudging {
  readonly model: ModelChoice
  readonly identifiers?: IdentifierSettings
}

/**
 * What pairs are judged by: a model and the policies of identifiers, those in force unless others are named. A model
 * that was trained since, or a policy configured since, judges nothing before it is applied, so that whoever explains
 * or verifies judges as the runs did (P20). Throws `model.not_found`.
 */
export async function loadJudging(context: Pick<Context, 'keyring'>, tx: Tx, wanted?: WantedJudging): Promise<Judging> {
  const applied = await findApplication(tx)
  const { model: choice, identifiers = applied.identifiers } = wanted ?? applied
  const policies = composePolicies(identifiers)
  // Blocked values are known by hash only and are taken off when a record is opened.
  const rules: JudgementRules = { model: DEFAULT_MODEL, policies, blocked: new Set() }
  if (choice === 'shipped') return { modelVersion: DEFAULT_MODEL.version, policies, open: () => rules }
  const stored = await loadModel(tx, choice)
  const modelVersion = `model-${stored.version}`
  const model = openModel(context, stored)
  return {
    modelVersion,
    policies,
    open: (records) => ({ ...rules, scorer: openModelScorer(records, model, modelVersion) }),
  }
}
