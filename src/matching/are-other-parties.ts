import { MISSING } from './comparison.ts'
import type { ComparisonVector } from './comparison.ts'
import type { Model } from './model.ts'

/** True when one side is an organisation and the other a person or an organisation of another name. Symmetric. */
export function areOtherParties(vector: ComparisonVector, model: Model): boolean {
  const at = model.comparisons.findIndex(({ name }) => name === 'party_name')
  return model.comparisons[at]?.levels[vector[at] ?? MISSING]?.label === 'different'
}
