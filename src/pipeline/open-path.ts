import { OnefoldError } from '../errors.ts'
import { compileSegments } from '../segment/compile-segments.ts'
import { compareDefinitions } from '../store/behaviour/save-definitions.ts'
import type { ModelChoice } from '../store/model/find-applied-model.ts'
import { findOpenPath } from '../store/run/find-open-path.ts'
import type { Context } from './context.ts'
import { loadModel } from './model/load-model.ts'
import { type OpenedRun, openRun } from './open-run.ts'
import { PATH, loadStage } from './stages.ts'

/**
 * Opens a walk along the main path, from `from` (a stage) or its start to the end. There is one walk at a time:
 * throws `run.already_open` (conflict) with the id of the other. `asOf` is what numbers refer to, now by default;
 * `model` is applied on the way, when it is not in force already; `refit` has what scores go by learnt anew, and throws
 * `run.scores_nobody` (settings) where the walk starts after scores. Throws `model.not_found`, and `segment.rule_changed`
 * (settings) for a rule that is another than its version says: who is in a version is explained by one rule, for ever.
 */
export async function openPath(
  context: Context,
  options: {
    readonly from?: string
    readonly asOf?: Date
    readonly model?: ModelChoice
    readonly refit?: boolean
  } = {},
): Promise<OpenedRun> {
  const from = options.from === undefined ? 0 : PATH.indexOf(loadStage(options.from))
  const stages = PATH.slice(Math.max(0, from)).map((stage) => stage.name)
  if (options.refit === true && !stages.includes('score')) {
    throw new OnefoldError('settings', 'run.scores_nobody', `A walk from ${options.from} on scores nobody.`, {
      hint: 'Leave the stage out, or start at `score` or before it.',
    })
  }
  const other = await findOpenPath(context.store.sql)
  if (other !== undefined) {
    throw new OnefoldError('conflict', 'run.already_open', `Run ${other} is on the path already.`, {
      details: { runId: other },
      hint: 'Wait for it (`onefold status`), or start a worker if none is running (`onefold worker`).',
    })
  }
  const { changedRule: changed } = await compareDefinitions(
    context.store.sql,
    compileSegments(context.settings.segments),
  )
  if (changed !== undefined) {
    const { segmentId: segment, version } = changed
    throw new OnefoldError(
      'settings',
      'segment.rule_changed',
      `The rule of segment ${segment} is another than that of its version ${version}.`,
      { details: { segment, version }, hint: `Write \`version: ${version + 1}\` beside the new rule.` },
    )
  }
  if (typeof options.model === 'number') await loadModel(context.store.sql, options.model)
  const params = {
    ...(options.asOf !== undefined && { asOf: options.asOf.toISOString() }),
    ...(options.model !== undefined && { model: options.model }),
    ...(options.refit === true && { refit: true }),
  }
  return openRun(context, { kind: 'pipeline', stages, params })
}
