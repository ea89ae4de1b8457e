import type { PartialDate } from '../record/normalized-record.ts'

/** Marketing's usual bands; everyone below 18 and everyone from 75 up share one each, because few are there. */
const BANDS = [
  { from: 75, band: '75+' },
  { from: 65, band: '65-74' },
  { from: 55, band: '55-64' },
  { from: 45, band: '45-54' },
  { from: 35, band: '35-44' },
  { from: 25, band: '25-34' },
  { from: 18, band: '18-24' },
  { from: 0, band: 'under 18' },
] as const

export type AgeBand = (typeof BANDS)[number]['band']

/** The oldest age that was ever verified is 122 years (Jeanne Calment, 1997). */
const OLDEST_AGE = 122

/**
 * The age band of a person on the UTC day of `asOf` (ms since 1970), in place of the birth date.
 * A birth date without day or month still has a band when every day it could be gives the same one; else, and for
 * dates in the future or above 122 years ago, undefined. Born on 29 February: a year older on 1 March.
 */
export function generalizeAge(birthDate: PartialDate | undefined, asOf: number): AgeBand | undefined {
  if (!birthDate) return undefined
  const youngest = findBand(ageOn(asOf, birthDate.year, birthDate.month ?? 12, birthDate.day ?? 31))
  const oldest = findBand(ageOn(asOf, birthDate.year, birthDate.month ?? 1, birthDate.day ?? 1))
  return youngest === oldest ? youngest : undefined
}

function ageOn(asOf: number, year: number, month: number, day: number): number {
  const today = new Date(asOf)
  const thisMonth = today.getUTCMonth() + 1
  const hadBirthday = thisMonth > month || (thisMonth === month && today.getUTCDate() >= day)
  return today.getUTCFullYear() - year - (hadBirthday ? 0 : 1)
}

function findBand(age: number): AgeBand | undefined {
  return age > OLDEST_AGE ? undefined : BANDS.find((band) => age >= band.from)?.band
}
