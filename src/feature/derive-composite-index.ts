import { EigenvalueDecomposition, Matrix } from 'ml-matrix'
import { scaleZ } from './scale-z.ts'

/** Several features as one number [E7]. */
export interface CompositeIndex {
  /** What a standard deviation of each feature counts. */
  readonly weights: readonly number[]
  /** Share of what the features tell apart, 0 to 1, that the index keeps; absent for declared weights. */
  readonly explained?: number
  /** For each person, in the order of the columns; the mean is 0. */
  readonly scores: Float64Array
}

/**
 * Joins features, a column of equal length each, all values finite, into an index: their z-scores weighted as declared,
 * or by the first principal component of their correlations (Pearson 1901; Hotelling 1933), which keeps most of what they
 * tell apart. The component's sign is arbitrary: here the weights add up to more than 0, so that more is more.
 */
export function deriveCompositeIndex(columns: readonly Float64Array[], declared?: readonly number[]): CompositeIndex {
  const scaled = columns.map(scaleZ)
  const { weights, explained } = declared === undefined ? findFirstComponent(scaled) : { weights: declared }
  const scores = Float64Array.from(scaled[0] ?? [], (_, person) =>
    scaled.reduce((sum, column, feature) => sum + (weights[feature] ?? 0) * (column[person] ?? 0), 0),
  )
  return { weights, scores, ...(explained === undefined ? {} : { explained }) }
}

function findFirstComponent(scaled: readonly Float64Array[]): { weights: readonly number[]; explained?: number } {
  const people = scaled[0]?.length ?? 0
  const none = { weights: scaled.map(() => 0) }
  if (people === 0) return none
  const correlations = new Matrix(
    scaled.map((left) =>
      scaled.map((right) => left.reduce((sum, value, person) => sum + value * (right[person] ?? 0), 0) / people),
    ),
  )
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(correlations, { assumeSymmetric: true })
  const most = realEigenvalues.reduce((best, value, at) => (value > (realEigenvalues[best] ?? 0) ? at : best), 0)
  const total = realEigenvalues.reduce((sum, value) => sum + value, 0)
  // Nothing differs among these people.
  if (!(total > 0)) return none
  const component = eigenvectorMatrix.getColumn(most)
  const sign = component.reduce((sum, weight) => sum + weight, 0) < 0 ? -1 : 1
  return { weights: component.map((weight) => sign * weight), explained: (realEigenvalues[most] ?? 0) / total }
}
