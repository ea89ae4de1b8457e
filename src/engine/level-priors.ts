/** What can be compared. Several columns of a table may be of one kind. */
export type ComparisonKind =
  | 'given_name'
  | 'family_name'
  | 'middle_name'
  | 'birth_date'
  | 'sex'
  | 'email'
  | 'phone'
  | 'address'
  | 'postcode'
  | 'place'
  | 'organisation'
  | 'identifier'
  | 'text'

export interface LevelPrior {
  readonly label: string
  /** P(level | one person), both sides known: where training starts, and what it leans on when data are few. */
  readonly m: number
  /** P(level | strangers), both sides known. */
  readonly u: number
}

export interface KindPrior {
  /** From strongest agreement to difference, exhaustive. */
  readonly levels: readonly LevelPrior[]
  /** Whether the first level is told apart by how common the value is. */
  readonly hasFrequencies: boolean
  /**
   * Of two people of one household or family, the share that agree here as one person would; the rest agree as
   * strangers do. `most` bounds what training may make of it, so that a household never turns into a person.
   */
  readonly shared: number
  readonly mostShared: number
}

const kind = (
  shared: number,
  mostShared: number,
  hasFrequencies: boolean,
  levels: Readonly<Record<string, readonly [m: number, u: number]>>,
): KindPrior => ({
  levels: Object.entries(levels).map(([label, [m, u]]) => ({ label, m, u })),
  hasFrequencies,
  shared,
  mostShared,
})

/**
 * The beliefs training starts from, by reasoning and published frequencies, fitted to no data set. u matters little:
 * it is counted in the data. m: 1 to 10 % of values are mistyped, shortened or outdated per field (Christen, Data
 * Matching, 2012, ch. 2 and 4); addresses, numbers and mailboxes change often, names seldom, birth dates never.
 * Shared: relatives carry one family name and mostly one address, often one phone, seldom one given name; 1 to 2 %
 * of siblings are twins.
 */
export const LEVEL_PRIORS: Readonly<Record<ComparisonKind, KindPrior>> = {
  given_name: kind(0.03, 0.1, true, {
    exact: [0.7, 0.005],
    part: [0.05, 0.001],
    nickname: [0.06, 0.002],
    similar: [0.08, 0.002],
    initial: [0.05, 0.004],
    swapped: [0.01, 0.0001],
    alike: [0.02, 0.01],
    different: [0.03, 0.976],
  }),
  family_name: kind(0.85, 0.99, true, {
    exact: [0.8, 0.001],
    part: [0.03, 0.0003],
    similar: [0.08, 0.0006],
    swapped: [0.01, 0.0001],
    alike: [0.02, 0.002],
    different: [0.06, 0.996],
  }),
  middle_name: kind(0.1, 0.3, true, {
    exact: [0.6, 0.01],
    part: [0.15, 0.01],
    initial: [0.1, 0.03],
    different: [0.15, 0.95],
  }),
  birth_date: kind(0.02, 0.1, true, {
    exact: [0.86, 4e-5],
    partial: [0.03, 0.0005],
    slip: [0.06, 0.0015],
    same_month: [0.01, 0.0008],
    same_day: [0.01, 0.0027],
    year: [0.01, 0.012],
    different: [0.02, 0.983],
  }),
  sex: kind(0.1, 0.5, false, { same: [0.98, 0.5], different: [0.02, 0.5] }),
  email: kind(0.08, 0.3, true, {
    exact: [0.65, 2e-6],
    local: [0.05, 1e-5],
    similar: [0.08, 1e-5],
    name: [0.05, 1e-5],
    different: [0.17, 0.99997],
  }),
  phone: kind(0.4, 0.9, true, {
    exact: [0.7, 5e-6],
    tail: [0.03, 1e-5],
    slip: [0.05, 1e-5],
    different: [0.22, 0.99997],
  }),
  address: kind(0.9, 0.99, false, {}),
  postcode: kind(0.8, 0.95, true, {
    exact: [0.7, 0.001],
    slip: [0.06, 0.002],
    area: [0.06, 0.01],
    different: [0.18, 0.987],
  }),
  place: kind(0.7, 0.95, true, {
    exact: [0.75, 0.01],
    similar: [0.08, 0.002],
    part: [0.02, 0.01],
    different: [0.15, 0.978],
  }),
  organisation: kind(0.2, 0.5, true, {
    exact: [0.65, 0.001],
    similar: [0.15, 0.001],
    part: [0.05, 0.01],
    different: [0.15, 0.988],
  }),
  identifier: kind(0.03, 0.1, true, {
    exact: [0.85, 1e-5],
    slip: [0.06, 1e-4],
    different: [0.09, 0.9999],
  }),
  text: kind(0.3, 0.8, true, {
    exact: [0.7, 0.02],
    similar: [0.08, 0.01],
    part: [0.07, 0.03],
    different: [0.15, 0.94],
  }),
}

/**
 * Upper ends of the frequency classes of exact agreement, as the chance that a random row has the value: steps of
 * eight, since one weight then errs by at most a bit and a half for any value of its class.
 */
export const FREQUENCY_EDGES: readonly number[] = [2 ** -20, 2 ** -17, 2 ** -14, 2 ** -11, 2 ** -8, 2 ** -5]
export const FREQUENCY_LABELS: readonly string[] = [
  'exact, below 1 in 1,000,000',
  'exact, below 1 in 130,000',
  'exact, below 1 in 16,000',
  'exact, below 1 in 2,000',
  'exact, below 1 in 256',
  'exact, below 1 in 32',
  'exact, common',
]
