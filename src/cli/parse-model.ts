import { InvalidArgumentError } from 'commander'
import type { ModelChoice } from '../store/model/find-applied-model.ts'

/** A model as a person names it. */
export function parseModel(text: string): ModelChoice {
  if (text === 'shipped') return text
  const version = Number(text)
  if (!Number.isInteger(version) || version < 1) throw new InvalidArgumentError('Write a version from 1, or `shipped`.')
  return version
}
