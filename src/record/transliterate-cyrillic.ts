/**
 * Latin letters of each Cyrillic one as passports spell names (ICAO Doc 9303, part 3, 2021), folded: what differs by an
 * accent only is one letter after `normalizeText`.
 */
const LATIN: ReadonlyMap<string, string> = new Map(
  (
    'а a,б b,в v,г g,ґ g,д d,ђ d,е e,є ie,ж zh,з z,ѕ dz,и i,і i,ј j,к k,л l,љ lj,м m,н n,њ nj,о o,п p,р r,с s,т t,' +
    'ћ c,у u,ф f,х kh,ц ts,ч ch,џ dz,ш sh,щ shch,ъ ie,ы y,ь ,э e,ю iu,я ia'
  )
    .split(',')
    .map((pair) => pair.split(' ') as [string, string]),
)

const CYRILLIC = /[\u0400-\u04FF]/

/**
 * Spells Cyrillic letters in Latin ones, so that a name is compared across the two scripts; all else stays as it is.
 * For text folded by `normalizeText`. Idempotent; linear.
 */
export function transliterateCyrillic(text: string): string {
  return CYRILLIC.test(text) ? Array.from(text, (letter) => LATIN.get(letter) ?? letter).join('') : text
}
