import { normalizeCountry } from './normalize-country.ts'
import { normalizeStreet } from './normalize-street.ts'

/** Parts of an address as they were spelled; each absent or undefined when not found. */
export interface AddressParts {
  readonly street?: string | undefined
  readonly houseNumber?: string | undefined
  readonly city?: string | undefined
  readonly postcode?: string | undefined
  readonly region?: string | undefined
  readonly country?: string | undefined
}

/** Postcode in front of the city: most of the world; `10115 Berlin`, `D-10115 Berlin`, `1012 AB Amsterdam`. */
const CODE_THEN_CITY =
  /^((?:[A-Z]{1,3}-)?\d{2}-\d{3}|(?:[A-Z]{1,3}-)?\d{3} \d{2}|(?:[A-Z]{1,3}-)?\d{4,6}(?: [A-Z]{2}(?= ))?) (\S.*)$/
/** `Springfield, IL 62704`, `Sydney NSW 2000`, `London SW1A 1AA`, `Toronto ON M5V 2T6`, `Singapore 059413`. */
const CITY_THEN_CODE =
  /^(.*?)(?:^|\s)(?:([A-Z]{2,3}) )?(\d{5}(?:-\d{4})?|\d{4}|\d{6}|[A-Z]{1,2}\d[A-Z0-9]? ?\d[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d)$/

/**
 * Parses an address written in one line or cell, as far as its commas and line ends tell the parts apart.
 *
 * The last piece may be a country and the piece with a postcode holds the city. The street is the first piece that
 * is a name with a number, because flats and buildings are written in front of it (`Flat 3, Rose Court, 12 High
 * Street`); without one, the first piece. Best effort: without a recognised postcode the piece behind the street is
 * the city; nothing is guessed from place names.
 */
export function parseAddressLine(line: string): AddressParts {
  const pieces = splitPieces(line)
  let country: string | undefined
  const last = pieces.at(-1)
  // Two-letter endings are states or provinces at least as often as countries.
  if (pieces.length > 1 && last !== undefined && last.length > 2 && normalizeCountry(last)?.value !== undefined) {
    country = pieces.pop()
  }
  for (let i = pieces.length - 1; i >= (pieces.length > 1 ? 1 : 0); i--) {
    const place = readPlace(pieces[i] ?? '')
    if (place === undefined) continue
    const at = findStreet(pieces.slice(0, i))
    const city = place.city ?? (i - 1 > at ? pieces[i - 1] : undefined)
    return { street: i > 0 ? pieces[at] : undefined, city, postcode: place.postcode, region: place.region, country }
  }
  const [street, city, region] = pieces.slice(findStreet(pieces))
  return { street, city, region, country }
}

const LENGTH_LIMIT = 400

/** A number alone goes with what follows it, `12, High Street`. */
function splitPieces(line: string): string[] {
  return line
    .slice(0, LENGTH_LIMIT)
    .replaceAll(/(^|[,;\n\r|])(\s{0,3}\d{1,5}[A-Za-z]?)\s{0,3},(?=\s{0,3}\p{L}{2})/gu, '$1$2 ')
    .split(/[,;\n\r|]+/)
    .map((piece) => piece.trim().replaceAll(/\s+/g, ' '))
    .filter((piece, _, all) => piece !== '' && (all.length === 1 || !isUnit(piece)))
}

/** `Flat 3`, `Suite 900`: neighbours in one building share an address. */
function isUnit(piece: string): boolean {
  for (const _ in normalizeStreet(piece)) return false
  return true
}

/** Position of the piece that is a street: 0 when none shows a name with a number. */
function findStreet(pieces: readonly string[]): number {
  if (pieces.length < 2) return 0
  const at = pieces.findIndex((piece) => {
    const { street, houseNumber } = normalizeStreet(piece)
    return street !== undefined && houseNumber !== undefined
  })
  return Math.max(0, at)
}

function readPlace(piece: string): { city?: string; postcode?: string; region?: string } | undefined {
  const capitals = piece.toUpperCase()
  const front = CODE_THEN_CITY.exec(capitals)
  if (front !== null) return { postcode: front[1] ?? '', city: piece.slice(piece.length - (front[2] ?? '').length) }
  const back = CITY_THEN_CODE.exec(capitals)
  if (back === null) return undefined
  const city = piece.slice(0, (back[1] ?? '').length).trim()
  return {
    postcode: back[3] ?? '',
    ...(city !== '' && { city }),
    ...(back[2] !== undefined && { region: back[2] }),
  }
}
