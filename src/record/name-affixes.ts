/** Forms of address in front of a name, folded by `normalizeText`. `don` is left out: it is a given name too. */
export const TITLES: ReadonlySet<string> = new Set([
  ...['mr', 'mrs', 'ms', 'miss', 'mx', 'dr', 'prof', 'professor', 'sir', 'dame', 'rev'],
  ...['herr', 'frau', 'mme', 'mlle', 'monsieur', 'madame', 'sr', 'sra', 'srta'],
])

/** Generations and degrees behind a name, folded by `normalizeText`. */
export const SUFFIXES: ReadonlySet<string> = new Set([
  ...['jr', 'sr', 'junior', 'senior', 'ii', 'iii', 'iv', 'phd', 'md', 'esq', 'mba'],
])

/** Words that belong to the family name behind them, however they are capitalised. */
export const PARTICLES: ReadonlySet<string> = new Set([
  ...['van', 'von', 'vom', 'zu', 'zum', 'zur', 'der', 'den', 'dem', 'de', 'del', 'della', 'dello', 'di', 'da', 'dal'],
  ...[
    'dos',
    'das',
    'du',
    'des',
    'la',
    'le',
    'las',
    'los',
    'ter',
    'ten',
    'bin',
    'ibn',
    'bint',
    'af',
    'st',
    'san',
    'santa',
  ],
])

/** Particles only when written in lower case: capitalised they are given names or initials. */
export const LOWER_CASE_PARTICLES: ReadonlySet<string> = new Set([
  'al',
  'el',
  'ben',
  'y',
  'e',
  'd',
  'do',
  'te',
  'op',
  'av',
])
