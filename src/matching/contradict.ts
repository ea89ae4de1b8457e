import { MISSING } from './comparison.ts'
import type { ComparisonVector } from './comparison.ts'
import type { Model } from './model.ts'

/**
 * True when names or birth dates say two people: given names differ; family names differ and the given names do
 * not at least resemble each other (alone, a changed family name is a marriage); both birth dates differ in every
 * way known; or one side is an organisation and the other a person or an organisation of another name. Missing never
 * contradicts. Symmetric, as the vector is.
 */
export function contradict(vector: ComparisonVector, model: Model): boolean {
  let given = 'missing'
  let isFamilyDifferent = false
  for (let i = 0; i < vector.length; i++) {
    const comparison = model.comparisons[i]
    const label = comparison?.levels[vector[i] ?? MISSING]?.label
    if (label === undefined) continue
    if (comparison?.name === 'given_name') given = label
    else if (comparison?.name === 'family_name') isFamilyDifferent = label === 'different'
    else if (label === 'different' && (comparison?.name === 'birth_date' || comparison?.name === 'party_name'))
      return true
  }
  if (given === 'different') return true
  return isFamilyDifferent && (given === 'missing' || given === 'initial' || given === 'alike')
}
