/**
 * How many leading characters stay. The aim is the one the HIPAA safe harbour sets (45 CFR 164.514(b)(2), 2000):
 * an area of more than 20,000 people. Two characters do in most countries.
 */
const KEPT_CHARACTERS: ReadonlyMap<string, number> = new Map([
  ['US', 3],
  ['IE', 3],
  ['JP', 3],
  ['IN', 3],
  ['BR', 3],
])
const KEPT_ELSEWHERE = 2

/** The 17 three-digit ZIP areas of 20,000 people or fewer (HHS guidance on de-identification, 2012). */
const SMALL_ZIP_AREAS = new Set('036 059 063 102 203 556 692 790 821 823 830 831 878 879 884 890 893'.split(' '))

/**
 * The region a postcode lies in, in place of the postcode: its first characters, never all of them.
 * `postcode` is normalized (upper case, no blanks), `country` ISO 3166-1 alpha-2; an unknown country keeps two.
 * Undefined for no postcode, one too short to hide anything, and US areas with 20,000 people or fewer.
 */
export function generalizePostcode(postcode: string | undefined, country: string | undefined): string | undefined {
  if (!postcode) return undefined
  // A British postcode starts with the one or two letters of its area: 124 areas, the next digit may be a village.
  if (country === 'GB') return /^([A-Z]{1,2})\d/.exec(postcode)?.[1]
  const kept = KEPT_CHARACTERS.get(country ?? '') ?? KEPT_ELSEWHERE
  if (postcode.length < kept + 2) return undefined
  const prefix = postcode.slice(0, kept)
  return country === 'US' && SMALL_ZIP_AREAS.has(prefix) ? undefined : prefix
}
