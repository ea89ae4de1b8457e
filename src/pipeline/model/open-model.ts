import { OnefoldError } from '../../errors.ts'
import { openEnvelope } from '../../privacy/open-envelope.ts'
import type { StoredModel } from '../../store/model/find-model.ts'
import type { Context } from '../context.ts'
import { nameModel } from '../name-place.ts'
import { type JudgingModel, parseJudgingModel } from './judging-model.ts'

/** Opens what the store keeps sealed of a model. Throws `model.unreadable` when another program wrote it. */
export function openModel({ keyring }: Pick<Context, 'keyring'>, { version, sealed }: StoredModel): JudgingModel {
  const model = parseJudgingModel(openEnvelope(keyring, sealed, nameModel(version)).toString('utf8'))
  if (!('problem' in model)) return model
  throw new OnefoldError(
    'conflict',
    'model.unreadable',
    `Model ${version} cannot be read by this version of Onefold.`,
    {
      details: { version, problem: model.problem },
      hint: 'Train a new one with `onefold model train`.',
    },
  )
}
