import { type Categories, countCodes, imputeCategory } from './impute-category.ts'
import { type CategoryInput, nameInput } from './model-input.ts'

/** What columns of a category were made by. */
export interface FittedCategory {
  /** The column, or what the one-hot columns begin with. */
  readonly column: string
  readonly attribute: string
  readonly missing: CategoryInput['missing']
  /** What stands for those that were not known, and for how many. */
  readonly imputed: { readonly value: string; readonly people: number } | null
  /** Those that occur, sorted; of one-hot columns those that have one, in their order. */
  readonly categories: readonly string[]
}

/** A category as a model reads it: one column of text, or a column of 0 and 1 for each of `oneHot`. */
export interface CategoryColumn extends Categories {
  readonly kind: 'category'
  readonly name: string
  readonly oneHot: readonly string[] | null
  readonly fitted: FittedCategory
}

/** Fills in what is not known as the input says, and names the columns [B3 B7]. Order-free. */
export function fitCategory(input: CategoryInput, given: Categories): CategoryColumn {
  const imputed = imputeCategory(given, input.missing)
  const unknown = given.codes.reduce((count, code) => count + (code < 0 ? 1 : 0), 0)
  const categories = [...new Set([...given.categories, ...(imputed === undefined ? [] : [imputed])])]
  const stand = imputed === undefined ? -1 : categories.indexOf(imputed)
  const codes = given.codes.map((code) => (code < 0 ? stand : code))
  const counts = countCodes(codes, categories.length)
  const occurring = categories.filter((_, code) => (counts[code] ?? 0) > 0).toSorted()
  const oneHot = input.one_hot === true ? occurring : input.one_hot === false ? null : input.one_hot
  return {
    ...{ kind: 'category', name: nameInput(input), codes, categories, oneHot },
    fitted: {
      ...{ column: nameInput(input), attribute: input.attribute, missing: input.missing },
      imputed: imputed === undefined ? null : { value: imputed, people: unknown },
      categories: oneHot ?? occurring,
    },
  }
}
