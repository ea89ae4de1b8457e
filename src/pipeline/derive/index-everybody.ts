import { deriveCompositeIndex } from '../../feature/derive-composite-index.ts'
import { sampleCrowd } from '../../feature/estimate-turnover.ts'
import { fitInputs } from '../../feature/fit-inputs.ts'
import type { FittedNumber, NumberColumn } from '../../feature/fit-number.ts'
import { loadInputs } from '../../store/behaviour/load-inputs.ts'
import { type Learner, type Learnt, learnWhenDue } from './learn-when-due.ts'

/** What the index was made by: weights in the order of the features, and how each of these was scaled. */
interface FittedIndex {
  readonly features: readonly string[]
  readonly weights: readonly number[]
  readonly explained?: number
  readonly inputs: readonly FittedNumber[]
}

/**
 * The composite index of everybody of whom enough of its features is known [E7], by id, by weights and spreads that are kept
 * for a while [F6]; undefined when none is declared.
 */
export async function indexEverybody(
  learner: Learner,
): Promise<{ scores: ReadonlyMap<string, number>; learnt: Learnt<FittedIndex> } | undefined> {
  const { tx, settings, asOf } = learner
  const declared = settings.composite_index
  if (declared === undefined) return undefined
  const { ids, loaded } = await loadInputs(tx, declared.features, 'profile_id')
  const fresh = fitInputs(loaded, ids.length)
  const learn = (): FittedIndex => {
    const { scores: _, ...weighed } = deriveCompositeIndex(fresh.columns.map(toValues), declared.weights)
    const features = declared.features.map(({ feature }) => feature)
    return { features, ...weighed, inputs: fresh.fitted as readonly FittedNumber[] }
  }
  const crowd = sampleCrowd(
    Array.from(fresh.people, (person) => ids[person] as string),
    0,
  )
  // Nobody is nothing to learn from.
  const learnt = await learnWhenDue(learner, 'composite_index', crowd, () => (crowd.people === 0 ? undefined : learn()))
  if (learnt === undefined) return { scores: new Map(), learnt: { asOf, fitted: learn() } }
  const { people, columns } = fitInputs(loaded, ids.length, learnt.fitted.inputs)
  const { scores } = deriveCompositeIndex(columns.map(toValues), learnt.fitted.weights)
  return { scores: new Map(Array.from(people, (person, n) => [ids[person]!, scores[n]!])), learnt }
}

function toValues(column: unknown): Float64Array {
  return (column as NumberColumn).values
}
