import { normalizeCountry } from './normalize-country.ts'
import type { NormalizedAddress } from './normalized-record.ts'
import { normalizePostcode } from './normalize-postcode.ts'
import { normalizeStreet } from './normalize-street.ts'
import { normalizeText } from './normalize-text.ts'
import { parseAddressLine } from './parse-address-line.ts'
import type { AddressParts } from './parse-address-line.ts'
import type { Writable } from './writable.ts'

export interface AddressNormalization {
  readonly value?: NormalizedAddress
  readonly issue?: string
}

/**
 * Spells a postal address: names folded, abbreviations written out, postcode and country as codes.
 *
 * `line` is a whole address in one text and fills only what `parts` leaves open, as does the rest of a street with
 * commas: people write the whole address where the street belongs. A house number inside the street
 * moves out of it unless a number is given. A country that is not recognised is left out with the issue
 * `country.invalid`; it is never filled in from the source's region, since missing is not equal.
 * `spell` stands in for `normalizeText` when the caller remembers its answers. `value` is absent when every part is
 * missing. Idempotent part by part.
 */
export function normalizeAddress(
  parts: AddressParts,
  line?: string,
  spell: (text: string) => string = normalizeText,
): AddressNormalization {
  const whole = parts.street !== undefined && COMMA.test(parts.street) ? parseAddressLine(parts.street) : undefined
  const read = line === undefined ? whole : { ...whole, ...dropAbsent(parseAddressLine(line)) }
  const value: Writable<NormalizedAddress> = {}
  let issue: string | undefined
  const country = parts.country ?? read?.country
  if (country !== undefined) {
    const found = normalizeCountry(country)
    if (found?.value !== undefined) value.country = found.value
    issue = found?.issue
  }
  const street = whole?.street ?? parts.street ?? read?.street
  if (street !== undefined) {
    const split = normalizeStreet(street)
    if (split.street !== undefined && split.street !== '') value.street = split.street
    if (split.houseNumber !== undefined) value.houseNumber = split.houseNumber
  }
  const houseNumber = parts.houseNumber === undefined ? undefined : spellHouseNumber(parts.houseNumber)
  if (houseNumber !== undefined) value.houseNumber = houseNumber
  const postcode = parts.postcode ?? read?.postcode
  if (postcode !== undefined) {
    const code = normalizePostcode(postcode, value.country)
    if (code !== undefined) value.postcode = code
  }
  const city = spell(parts.city ?? read?.city ?? '')
  if (city !== '') value.city = city
  const region = spell(parts.region ?? read?.region ?? '')
  if (region !== '') value.region = region
  for (const _ in value) return issue === undefined ? { value } : { value, issue }
  return issue === undefined ? {} : { issue }
}

const COMMA = /[,;\n\r|]/

function dropAbsent(parts: AddressParts): AddressParts {
  return Object.fromEntries(Object.entries(parts).filter(([, text]) => text !== undefined))
}

/** `12 A`, `No. 12a` and `12A` are one number. */
function spellHouseNumber(raw: string): string | undefined {
  // Behind a street's name is where `12 A` is read as one number.
  const split = normalizeStreet(`x ${raw}`)
  if (split.houseNumber !== undefined) return split.houseNumber
  const text = normalizeText(raw)
  return text === '' ? undefined : text
}
