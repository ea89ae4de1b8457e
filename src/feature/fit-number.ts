import { deriveCutPoints } from './derive-cut-points.ts'
import { findBin } from './find-bin.ts'
import { imputeNumber } from './impute-number.ts'
import { measureColumn, type Spread } from './measure-column.ts'
import { nameInput, type NumberInput, type Scale } from './model-input.ts'
import { rankPercentiles } from './rank-percentiles.ts'
import { scaleLog } from './scale-log.ts'
import { scaleMinMax } from './scale-min-max.ts'
import { scaleZ } from './scale-z.ts'

/** What a column of numbers was made by, enough to make it again of other people, percentiles aside. */
export interface FittedNumber extends Partial<Spread> {
  readonly column: string
  readonly feature: string
  readonly missing: NumberInput['missing']
  /** What stands for those that were not known, and for how many. */
  readonly imputed: { readonly value: number; readonly people: number } | null
  readonly scale: Scale
  /** The largest value of each bin but the last. */
  readonly cutPoints?: readonly number[]
}

/** A column as a model reads it, a number a person. */
export interface NumberColumn {
  readonly kind: 'number'
  readonly name: string
  readonly values: Float64Array
  readonly fitted: FittedNumber
}

/**
 * Fills in what is not known (NaN) as the input says, then scales or bins [B3 B7]; bins count from 0. Mean, deviation, min and max
 * are of what is scaled: of the logarithms for `log` and `log_z`; absent without people. Order-free. `kept` is what a column of
 * the same input was made by before: this one is made by it too, but for percentiles, which are of these people.
 */
export function fitNumber(input: NumberInput, values: Float64Array, kept?: FittedNumber): NumberColumn {
  const imputed = kept === undefined ? imputeNumber(values, input.missing) : kept.imputed?.value
  const unknown = values.reduce((count, value) => count + (Number.isNaN(value) ? 1 : 0), 0)
  const whole = imputed === undefined ? values : values.map((value) => (Number.isNaN(value) ? imputed : value))
  const isLog = input.scale === 'log' || input.scale === 'log_z'
  const based = isLog ? scaleLog(whole) : whole
  const spread = kept === undefined ? measureColumn(based) : toSpread(kept)
  const cutPoints = input.bins === undefined ? undefined : (kept?.cutPoints ?? cut(whole, input.bins))
  return {
    kind: 'number',
    name: nameInput(input),
    values:
      cutPoints === undefined ? SCALE[input.scale](based, spread) : whole.map((value) => findBin(value, cutPoints)),
    fitted: {
      ...{ column: nameInput(input), feature: input.feature, missing: input.missing },
      imputed: imputed === undefined ? null : { value: imputed, people: unknown },
      scale: input.scale,
      ...spread,
      ...(cutPoints === undefined ? {} : { cutPoints }),
    },
  }
}

const same = (values: Float64Array): Float64Array => values

/** Of `log` and `log_z` after the logarithm. */
const SCALE: Readonly<Record<Scale, (values: Float64Array, spread: Spread | undefined) => Float64Array>> = {
  ...{ none: same, log: same, z: scaleZ, log_z: scaleZ, min_max: scaleMinMax, percentile: rankPercentiles },
}

function toSpread({ mean, deviation, min, max }: FittedNumber): Spread | undefined {
  if (mean === undefined || deviation === undefined || min === undefined || max === undefined) return undefined
  return { mean, deviation, min, max }
}

function cut(values: Float64Array, bins: NonNullable<NumberInput['bins']>): readonly number[] {
  if (typeof bins !== 'number') return bins
  return deriveCutPoints(values, bins, values.every(Number.isInteger) ? 'up' : 'none')
}
