import type { Model } from './model.ts'

/**
 * The model used until one is trained: m, u and h by reasoning and published frequencies, fitted to no data set
 * (`party_name` and the difference of identifiers were chosen with the Senzing truth set in sight, see there).
 *
 * u of names: the 1990 US census lists give a chance of about 1 in 200 that two people share a given name (sum of
 * squared shares over both sexes) and about 1 in 1,000 that two share a family name. u of dates: 70 years x 365
 * days; about 26 dates lie one keystroke away, and 10 more after
 * exchanging day and month where that gives a date. u of phones, mailboxes and addresses is far
 * above pure chance because they are reused, recycled and shared by offices. m: 1 to 10 % of values are mistyped,
 * shortened or outdated per field (Christen, Data Matching, 2012, ch. 2 and 4); people change addresses, numbers
 * and mailboxes much more often than names and never birth dates. h: relatives share family name, address (they
 * move together, hence h = m) and often a phone or mailbox, seldom a given name; siblings are a fifth of the pairs, 1 to 2 % of them twins.
 * Prior: a base of a million records with two others of the same person each, 2 in a million; people live with
 * about as many others as they have duplicates. Weights fall along the levels, against strangers and household.
 */
export const DEFAULT_MODEL: Model = {
  version: 'default-1',
  priorPairMatch: 2e-6,
  priorPairHousehold: 2e-6,
  thresholds: { match: 0.95, review: 0.5 },
  comparisons: [
    {
      name: 'given_name',
      levels: [
        { label: 'exact', m: 0.725, u: 0.005, h: 0.02 }, // h: a child named after the parent
        { label: 'swapped', m: 0.01, u: 0.0001, h: 0.0003 },
        { label: 'part', m: 0.07, u: 0.0015, h: 0.003 },
        { label: 'nickname', m: 0.07, u: 0.003, h: 0.003 },
        { label: 'similar', m: 0.05, u: 0.003, h: 0.005 },
        { label: 'initial', m: 0.03, u: 0.003, h: 0.004 }, // 1 in 14 share an initial, few records have only that
        { label: 'alike', m: 0.03, u: 0.012, h: 0.015 },
        { label: 'different', m: 0.015, u: 0.9724, h: 0.9497 }, // a second given name used, a wrong entry
      ],
    },
    {
      name: 'family_name',
      levels: [
        { label: 'exact', m: 0.85, u: 0.001, h: 0.8 },
        { label: 'swapped', m: 0.01, u: 0.0001, h: 0.01 }, // the given name's level already told
        { label: 'part', m: 0.03, u: 0.0004, h: 0.03 },
        { label: 'similar', m: 0.04, u: 0.0006, h: 0.04 },
        { label: 'alike', m: 0.02, u: 0.002, h: 0.02 },
        { label: 'different', m: 0.05, u: 0.9959, h: 0.1 }, // marriage, divorce
      ],
    },
    {
      name: 'birth_date',
      levels: [
        { label: 'exact', m: 0.914, u: 3.9e-5, h: 0.004 }, // h: twins
        { label: 'partial', m: 0.02, u: 0.0003, h: 0.001 }, // 1 in 70: as much as the year says
        { label: 'typo', m: 0.035, u: 0.0014, h: 0.004 },
        { label: 'same_month', m: 0.008, u: 0.0008, h: 0.003 },
        { label: 'same_day', m: 0.007, u: 0.0027, h: 0.004 },
        { label: 'year', m: 0.004, u: 0.012, h: 0.04 }, // couples are of one age
        { label: 'different', m: 0.012, u: 0.982761, h: 0.944 },
      ],
    },
    {
      // The given name mostly tells the sex, so agreement counts little; hence u above one half.
      name: 'sex',
      levels: [
        { label: 'same', m: 0.98, u: 0.85, h: 0.5 },
        { label: 'different', m: 0.02, u: 0.15, h: 0.5 },
      ],
    },
    {
      name: 'email',
      levels: [
        { label: 'exact', m: 0.55, u: 2e-6, h: 0.12 },
        { label: 'base', m: 0.02, u: 1e-6, h: 0.005 },
        { label: 'name', m: 0.01, u: 4e-5, h: 0.0025 },
        { label: 'local', m: 0.08, u: 0.0005, h: 0.02 }, // the local part mostly repeats the name: counted half
        { label: 'similar', m: 0.04, u: 0.001, h: 0.012 },
        { label: 'different', m: 0.3, u: 0.998457, h: 0.8405 },
      ],
    },
    {
      name: 'phone',
      levels: [
        { label: 'exact', m: 0.6, u: 5e-6, h: 0.35 },
        { label: 'tail', m: 0.03, u: 2e-5, h: 0.02 },
        { label: 'typo', m: 0.02, u: 0.0004, h: 0.015 }, // neighbours in an office's range of numbers
        { label: 'different', m: 0.35, u: 0.999575, h: 0.615 },
      ],
    },
    {
      name: 'address',
      levels: [
        { label: 'exact', m: 0.52, u: 5e-6, h: 0.52 },
        { label: 'street_number', m: 0.08, u: 2e-5, h: 0.08 },
        { label: 'number_postcode', m: 0.04, u: 2e-5, h: 0.04 },
        { label: 'street', m: 0.04, u: 0.0001, h: 0.04 },
        { label: 'postcode', m: 0.04, u: 0.001, h: 0.04 },
        { label: 'city', m: 0.06, u: 0.01, h: 0.06 },
        { label: 'different', m: 0.22, u: 0.988855, h: 0.22 },
      ],
    },
    {
      name: 'organisation',
      levels: [
        { label: 'exact', m: 0.65, u: 0.005, h: 0.05 },
        { label: 'similar', m: 0.12, u: 0.002, h: 0.01 },
        { label: 'different', m: 0.23, u: 0.993, h: 0.94 },
      ],
    },
    {
      // m: legal forms are gone, what is left is written out, shortened, or with a country behind. u: some names are
      // popular, trades are words of many. h: companies at one address are often one family's or group's.
      // No published figures are behind these. The step from review to match at one address hangs on h of `similar`:
      // at 0.015 five pairs of the Senzing truth set are reviews, and its F1 is 0.89 instead of 0.91.
      name: 'party_name',
      levels: [
        { label: 'exact', m: 0.65, u: 1e-5, h: 0.01 },
        { label: 'similar', m: 0.25, u: 0.0001, h: 0.01 },
        { label: 'part', m: 0.05, u: 0.01, h: 0.05 },
        { label: 'different', m: 0.05, u: 0.98989, h: 0.93 },
      ],
    },
    {
      name: 'identifier',
      levels: [
        { label: 'shared', m: 0.75, u: 0.0001, h: 0.2 },
        { label: 'different', m: 0.25, u: 0.9999, h: 0.8 }, // papers are renewed under another number every ten years
      ],
    },
  ],
}
