import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { parseEngineModel, type EngineModel } from '../../engine/engine-model.ts'
import { OnefoldError } from '../../errors.ts'

/** Reads a model file; undefined when there is none yet. Throws `dedupe.bad_model` when it is not one. */
export async function loadModel(path: string): Promise<EngineModel | undefined> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  const model = parseEngineModel(text)
  if (!('problem' in model)) return model
  throw new OnefoldError('settings', 'dedupe.bad_model', 'The model file cannot be used.', {
    details: { file: basename(path), problem: model.problem },
    hint: 'Give another name to have a model trained and written, or repair the file.',
  })
}
