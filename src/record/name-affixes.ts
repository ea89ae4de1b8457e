/** Forms of address in front of a name, folded by `normalizeText`. `don` is left out: it is a given name too. */
export const TITLES: ReadonlySet<string> = new Set([
  ...['mr', 'mrs', 'ms', 'miss', 'mx', 'dr', 'prof', 'professor', 'sir', 'dame', 'rev'],
  ...['herr', 'frau', 'mme', 'mlle', 'monsieur', 'madame', 'sr', 'sra', 'srta'],
])

/** Generations behind a name, folded by `normalizeText`, in their one spelling: they part a father from his son. */
export const GENERATIONS: ReadonlyMap<string, string> = new Map([
  ...['jr', 'sr', 'ii', 'iii', 'iv'].map((suffix): [string, string] => [suffix, suffix]),
  ['junior', 'jr'],
  ['jnr', 'jr'],
  ['senior', 'sr'],
  ['snr', 'sr'],
])

/** Degrees behind a name, folded by `normalizeText`. They come and go and say nothing about who it is. */
export const DEGREES: ReadonlySet<string> = new Set(['phd', 'md', 'esq', 'mba'])

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
