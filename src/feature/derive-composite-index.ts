import { EigenvalueDecomposition, Matrix } from 'ml-matrix'
import { measureColumn } from './measure-column.ts'

/** Several features as one number [E7]. */
export interface CompositeIndex {
  /** What one of each column counts: a standard deviation, where it was scaled so. */
  readonly weights: readonly number[]
  /** Share of what the features tell apart, 0 to 1, that the index keeps; absent for declared weights. */
  readonly explained?: number
  /** For each person, in the order of the columns; the mean is 0 when theirs is. */
  readonly scores: Float64Array
}

/**
 * Joins features, a scaled column of equal length each, all values finite, into an index: weighted as declared, or by the
 * first principal component (Pearson 1901; Hotelling 1933) of their covariances, which for z-scores are their correlations:
 * it keeps most of what they tell apart. The component's sign is arbitrary: here the weights add up to more than 0, so that
 * more is more.
 */
export function deriveCompositeIndex(scaled: readonly Float64Array[], declared?: readonly number[]): CompositeIndex {
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
  const centred = scaled.map((column) => {
    const mean = measureColumn(column)?.mean ?? 0
    return column.map((value) => value - mean)
  })
  const covariances = new Matrix(
    centred.map((left) =>
      centred.map((right) => left.reduce((sum, value, person) => sum + value * (right[person] ?? 0), 0) / people),
    ),
  )
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(covariances, { assumeSymmetric: true })
  const most = realEigenvalues.reduce((best, value, at) => (value > (realEigenvalues[best] ?? 0) ? at : best), 0)
  const total = realEigenvalues.reduce((sum, value) => sum + value, 0)
  // Nothing differs among these people.
  if (!(total > 0)) return none
  const component = eigenvectorMatrix.getColumn(most)
  const sign = component.reduce((sum, weight) => sum + weight, 0) < 0 ? -1 : 1
  return { weights: component.map((weight) => sign * weight), explained: (realEigenvalues[most] ?? 0) / total }
}
