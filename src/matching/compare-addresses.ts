import { distance } from 'fastest-levenshtein'
import type { NormalizedAddress } from '../record/normalized-record.ts'
import type { Compared } from './comparison.ts'
import { jaroWinkler } from './jaro-winkler.ts'

/**
 * How far two addresses agree as a whole, because their parts are not independent. `exact`: street, number, and a
 * postcode or city that agrees; `street_number`: the place is unknown on a side, or contradicts; `street`: street
 * and place agree, the number not. Streets and cities may differ by a typo. Countries that differ decide alone.
 * Missing when the sides have no street, city or postcode in common. Symmetric.
 */
export function compareAddresses(
  a: NormalizedAddress | undefined,
  b: NormalizedAddress | undefined,
): Compared<'address'> {
  if (a === undefined || b === undefined) return 'missing'
  const isWritten = writesOut(a, b) || writesOut(b, a)
  const street = agree(a.street, b.street, (x, y) => isSameButTypo(x, y) || isRunOn(a, b) || isRunOn(b, a) || isWritten)
  const city = agree(a.city, b.city, isSameButTypo)
  const postcode = agree(a.postcode, b.postcode, isEqual)
  if (street === undefined && city === undefined && postcode === undefined) return 'missing'
  if (a.country !== undefined && b.country !== undefined && a.country !== b.country) return 'different'
  const number = isWritten || agree(a.houseNumber, b.houseNumber, isEqual)
  const isSamePlace = postcode === true || city === true
  if (street === true && number === true) return isSamePlace ? 'exact' : 'street_number'
  if (number === true && postcode === true) return 'number_postcode'
  if (street === true && isSamePlace) return 'street'
  if (postcode === true) return 'postcode'
  if (city === true) return 'city'
  // A street alone, without place or number, is as common as a city.
  return street === true ? 'city' : 'different'
}

/** Undefined when a side is silent. */
function agree(
  a: string | undefined,
  b: string | undefined,
  isSame: (a: string, b: string) => boolean,
): boolean | undefined {
  return a === undefined || b === undefined || a === '' || b === '' ? undefined : isSame(a, b)
}

/** A line nobody could split: the other street, followed by words where city and postcode are empty. */
function isRunOn(whole: NormalizedAddress, split: NormalizedAddress): boolean {
  if (whole.city !== undefined || whole.postcode !== undefined) return false
  return split.street !== undefined && split.street !== '' && (whole.street ?? '').startsWith(`${split.street} `)
}

/** A line nobody could split, again: number and street of the other stand next to each other in it. */
function writesOut(whole: NormalizedAddress, split: NormalizedAddress): boolean {
  if (whole.houseNumber !== undefined || whole.street === undefined || split.street === undefined) return false
  if (split.houseNumber === undefined || split.street.length < 5) return false
  const line = ` ${whole.street} `
  const { street, houseNumber } = split
  return line.includes(` ${houseNumber} ${street} `) || line.includes(` ${street} ${houseNumber} `)
}

function isEqual(a: string, b: string): boolean {
  return a === b
}

/** `3rd street` and `4th street` differ by digits and are no typos. */
function isSameButTypo(a: string, b: string): boolean {
  if (a === b) return true
  if (a.length < 5 || b.length < 5 || Math.abs(a.length - b.length) > 3) return false
  // Two slips are likelier than another street only in a long name.
  const isClose = jaroWinkler(a, b) >= 0.92 || distance(a, b) <= (Math.min(a.length, b.length) < 12 ? 1 : 2)
  return isClose && digitsOf(a) === digitsOf(b)
}

function digitsOf(text: string): string {
  return text.replace(/[^0-9]/g, '')
}
