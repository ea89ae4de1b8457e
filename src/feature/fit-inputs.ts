import { type CategoryColumn, fitCategory, type FittedCategory } from './fit-category.ts'
import { fitNumber, type FittedNumber, type NumberColumn } from './fit-number.ts'
import { type Categories, imputeCategory } from './impute-category.ts'
import { imputeNumber } from './impute-number.ts'
import type { CategoryInput, NumberInput } from './model-input.ts'

/** An input with what is known of everybody: numbers, NaN where not known, or categories. */
export type LoadedInput =
  | { readonly kind: 'number'; readonly input: NumberInput; readonly given: Float64Array }
  | { readonly kind: 'category'; readonly input: CategoryInput; readonly given: Categories }

/** How a column was made, and of how many people it was missing who were left out for it. */
export type FittedInput = (FittedNumber | FittedCategory) & { readonly excluded: number }

export interface FittedInputs {
  /** Places of the people of whom enough is known, ascending: a row each. */
  readonly people: Uint32Array
  readonly columns: readonly (NumberColumn | CategoryColumn)[]
  /** Who lacks several inputs is counted at each. */
  readonly fitted: readonly FittedInput[]
}

/**
 * Makes of what is known of `count` people what a model reads [B3 B7]: who lacks an input that says `exclude` is left out,
 * then values are imputed and scaled by those who stay. Where nothing is known to impute by, everybody is left out. The same
 * people give the same numbers in whatever order. `kept`, in the order of the inputs, is what columns of numbers were made by
 * before and are made by again.
 */
export function fitInputs(
  loaded: readonly LoadedInput[],
  count: number,
  kept: readonly FittedNumber[] = [],
): FittedInputs {
  const isLeftOut = new Uint8Array(count)
  const excluded = loaded.map((each) => {
    if (each.input.missing !== 'exclude') return 0
    let lacking = 0
    for (let person = 0; person < count; person += 1) {
      if (isKnown(each, person)) continue
      isLeftOut[person] = 1
      lacking += 1
    }
    return lacking
  })
  const complete = Uint32Array.from(isLeftOut.keys()).filter((person) => isLeftOut[person] === 0)
  const canImpute = loaded.every(
    (each, n) =>
      kept[n] !== undefined || each.input.missing === 'exclude' || impute(select(each, complete)) !== undefined,
  )
  const people = canImpute ? complete : new Uint32Array(0)
  const columns = loaded.map((each, n) => fit(select(each, people), kept[n]))
  return { people, columns, fitted: columns.map(({ fitted }, n) => ({ ...fitted, excluded: excluded[n] ?? 0 })) }
}

function isKnown({ kind, given }: LoadedInput, person: number): boolean {
  return kind === 'number' ? !Number.isNaN(given[person]) : (given.codes[person] ?? -1) >= 0
}

/** Of some people, in the order of their places. */
function select(each: LoadedInput, people: Uint32Array): LoadedInput {
  if (each.kind === 'number')
    return { ...each, given: Float64Array.from(people, (person) => each.given[person] ?? NaN) }
  const codes = Int32Array.from(people, (person) => each.given.codes[person] ?? -1)
  return { ...each, given: { ...each.given, codes } }
}

function impute(each: LoadedInput): number | string | undefined {
  return each.kind === 'number'
    ? imputeNumber(each.given, each.input.missing)
    : imputeCategory(each.given, each.input.missing)
}

function fit(each: LoadedInput, kept: FittedNumber | undefined): NumberColumn | CategoryColumn {
  return each.kind === 'number' ? fitNumber(each.input, each.given, kept) : fitCategory(each.input, each.given)
}
