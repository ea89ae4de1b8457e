import { formatEngineModel, parseEngineModel, type EngineModel } from '../../engine/engine-model.ts'
import { openRecordScorer } from '../../engine/open-record-scorer.ts'
import { summarizeModel, type ModelSummary } from '../../engine/summarize-model.ts'
import { OnefoldError } from '../../errors.ts'
import type { Scorer } from '../../matching/scorer.ts'
import type { NormalizedRecord } from '../../record/normalized-record.ts'
import { openSplinkScorer, type SplinkScorer } from '../../splink/open-splink-scorer.ts'
import {
  formatSplinkModel,
  looksLikeSplink,
  parseSplinkModel,
  readSplinkSettings,
  type SplinkModel,
  type SplinkThresholds,
} from '../../splink/splink-model.ts'
import { resolveRecordColumn } from './resolve-record-column.ts'

/** What may judge beside the shipped model: one that was trained here, or one of Splink's. */
export type JudgingModel = EngineModel | SplinkModel

/** Splink's own advice for what to call a match; from even odds on somebody looks. */
const SPLINK_THRESHOLDS: SplinkThresholds = { match: 0.95, review: 0.5 }

export function isOfSplink(model: JudgingModel): model is SplinkModel {
  return 'settings' in model
}

/** The model as it is kept. Equal models give equal texts. */
export function formatJudgingModel(model: JudgingModel): string {
  return isOfSplink(model) ? formatSplinkModel(model) : formatEngineModel(model)
}

/** Reads a kept model, or the settings that Splink saves, with the thresholds wanted for one of those; the answer says what is wrong. */
export function parseJudgingModel(
  text: string,
  wanted: Partial<SplinkThresholds> = {},
): JudgingModel | { readonly problem: string } {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return { problem: 'it is not JSON' }
  }
  if (looksLikeSplink(json)) return readSplinkSettings(json, { ...SPLINK_THRESHOLDS, ...wanted })
  const kept = parseSplinkModel(json)
  return kept === undefined ? parseEngineModel(text) : { ...kept, thresholds: { ...kept.thresholds, ...wanted } }
}

/**
 * Opens a model over the records whose pairs are to be judged. Throws `model.outdated` (conflict) when records are
 * compared otherwise, and `model.unreadable` (conflict) when settings of Splink ask what is not understood.
 */
export function openModelScorer(
  records: Iterable<NormalizedRecord>,
  model: JudgingModel,
  version: string,
): Scorer | SplinkScorer {
  return isOfSplink(model) ? openSplink(model, version) : openRecordScorer(records, model, version)
}

/** What a model believes, without a value of anybody. Splink knows no households: theirs weigh as strangers do. */
export function summarizeJudgingModel(model: JudgingModel): ModelSummary {
  if (!isOfSplink(model)) return summarizeModel(model)
  const { thresholds, comparisons, priorPairMatch } = openSplink(model, 'splink').model
  return {
    priorMatch: priorPairMatch,
    priorHousehold: 0,
    thresholds,
    comparisons: comparisons.map(({ name, levels }) => ({
      name,
      shared: 0,
      commonValues: 0,
      levels: levels.map(({ label, m, u }) => ({ label, m, u, h: u, weightBits: Math.log2(m / u) })),
    })),
  }
}

/** Throws as `openModelScorer` does. */
function openSplink(model: SplinkModel, version: string): SplinkScorer {
  const scorer = openSplinkScorer(model, version, resolveRecordColumn)
  if (!('problem' in scorer)) return scorer
  throw new OnefoldError('conflict', 'model.unreadable', "Splink's settings ask what Onefold does not understand.", {
    details: { problem: scorer.problem },
    hint: 'Name columns as `onefold model records` does, and conditions as `docs/matching.md` tells.',
  })
}
