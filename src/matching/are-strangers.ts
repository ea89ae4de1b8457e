import { MISSING } from './comparison.ts'
import type { ComparisonVector } from './comparison.ts'
import { contradict } from './contradict.ts'
import type { Model } from './model.ts'

/**
 * True when names or birth dates say two people and nothing of the name agrees. Weaker than `contradict`: people go
 * by another given name or change their family name, which is what numbers of passports are written down for. A
 * birth date that differs in every way, or a company against a person, is a stranger under any name. Symmetric.
 */
export function areStrangers(vector: ComparisonVector, model: Model): boolean {
  if (!contradict(vector, model)) return false
  let agrees = false
  for (let i = 0; i < vector.length; i++) {
    const comparison = model.comparisons[i]
    const label = comparison?.levels[vector[i] ?? MISSING]?.label
    if (label === undefined) continue
    if (comparison?.name === 'birth_date' || comparison?.name === 'party_name') {
      if (label === 'different') return true
    } else if (comparison?.name === 'given_name' || comparison?.name === 'family_name') agrees ||= label !== 'different'
  }
  return !agrees
}
