/**
 * What is compared, and the exhaustive levels of each comparison from strongest agreement to plain difference.
 * A level is the index into its list; `MISSING` is the null level: one side says nothing, so it weighs nothing.
 * `organisation` is where people work, `party_name` the name of an organisation that is a party itself.
 * `identifier` is `different` only for numbers of the state: two devices of one person are ordinary.
 */
export const LEVELS = {
  given_name: ['exact', 'swapped', 'part', 'nickname', 'similar', 'initial', 'alike', 'different'],
  family_name: ['exact', 'swapped', 'part', 'similar', 'alike', 'different'],
  birth_date: ['exact', 'partial', 'typo', 'same_month', 'same_day', 'year', 'different'],
  sex: ['same', 'different'],
  email: ['exact', 'base', 'name', 'local', 'similar', 'different'],
  phone: ['exact', 'tail', 'typo', 'different'],
  address: ['exact', 'street_number', 'number_postcode', 'street', 'postcode', 'city', 'different'],
  organisation: ['exact', 'similar', 'different'],
  party_name: ['exact', 'similar', 'part', 'different'],
  identifier: ['shared', 'different'],
} as const

export type ComparisonName = keyof typeof LEVELS
export type LevelLabel<N extends ComparisonName> = (typeof LEVELS)[N][number]

/** What a comparison says when one side is silent. */
export type Compared<N extends ComparisonName> = LevelLabel<N> | 'missing'

/** The null level in a vector. */
export const MISSING = -1

/** One level per comparison of the model, in the model's order; `MISSING` where a side is silent. */
export type ComparisonVector = readonly number[]
