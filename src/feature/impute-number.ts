import { deriveCutPoints } from './derive-cut-points.ts'
import { measureColumn } from './measure-column.ts'
import type { NumberInput } from './model-input.ts'

/**
 * What stands for a number that is not known (NaN), by those that are [B3]: their mean, median (R's type 7), the most
 * frequent of them, or a number that was declared. Of equally frequent ones it is the smallest. Undefined for `exclude`, and
 * where nothing is known to derive it from. Order-free.
 */
export function imputeNumber(values: Float64Array, missing: NumberInput['missing']): number | undefined {
  if (typeof missing === 'object') return missing.value
  const known = values.filter((value) => !Number.isNaN(value))
  switch (missing) {
    case 'exclude':
      return undefined
    case 'mean':
      return measureColumn(known)?.mean
    case 'median':
      return deriveCutPoints(known, 2)[0]
    case 'mode':
      return findMode(known.sort())
  }
}

function findMode(sorted: Float64Array): number | undefined {
  let [mode, most, begun] = [sorted[0], 0, 0]
  for (const [at, value] of sorted.entries()) {
    if (value !== sorted[begun]) begun = at
    if (at - begun < most) continue
    most = at - begun + 1
    mode = value
  }
  return mode
}
