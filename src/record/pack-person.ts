import type { Field } from './field.ts'
import type { NormalizedAddress, NormalizedRecord } from './normalized-record.ts'

/** First in every packed person; a change of the layout raises it, and `unpackPerson` goes on reading the former. */
export const PERSON_VERSION = 1
/** Stands alone for a record that its source has deleted. */
export const DELETED_VERSION = 2

/** Display fields by position. Stored positions mean these names: append, never reorder. */
export const DISPLAY_FIELDS: readonly Field[] = [
  'given_name',
  'family_name',
  'full_name',
  'street',
  'house_number',
  'city',
  'postcode',
  'region',
  'country',
  'address',
  'organisation',
  'job_title',
  'language',
  'middle_name',
]

/** Parts of an address by position. Append, never reorder. */
export const ADDRESS_PARTS: readonly (keyof NormalizedAddress)[] = [
  'street',
  'houseNumber',
  'city',
  'postcode',
  'region',
  'country',
]

const POSITIONS = new Map<string, number>(DISPLAY_FIELDS.map((field, position) => [field, position]))

const [COMMA, QUOTE, BACKSLASH, OPEN, CLOSE, ZERO] = Array.from(',"\\[]0', (mark) => mark.charCodeAt(0)) as [
  number,
  number,
  number,
  number,
  number,
  number,
]
/** A character may be escaped as `\u0000`. */
const MOST_BYTES_A_UNIT = 6
const encoder = new TextEncoder()

// Filled and read within one synchronous call, so sharing it is safe.
let bytes = new Uint8Array(64 * 1024)
let at = 0

/**
 * Spells a normalized record as a JSON array by position, in UTF-8: half as long as the record's own JSON and five
 * times as fast to write, since names of properties are left out, contacts are not told twice and no text is made on
 * the way. 0 stands for what is absent. `unpackPerson` gives the same record back; equal records have equal spellings.
 * The bytes are good until the next call.
 */
export function packPerson(person: NormalizedRecord): Uint8Array {
  const { given, family, birthDate, sex, address, organisation } = person
  at = 0
  put(OPEN)
  if (person.deleted === true) {
    putNumber(DELETED_VERSION)
    put(CLOSE)
    return bytes.subarray(0, at)
  }
  putNumber(PERSON_VERSION)
  put(COMMA)
  if (given === undefined) put(ZERO)
  else putTexts(given)
  put(COMMA)
  if (family === undefined) put(ZERO)
  else putTexts(family)
  put(COMMA)
  if (birthDate === undefined) put(ZERO)
  else {
    put(OPEN)
    putNumber(birthDate.year)
    put(COMMA)
    putNumber(birthDate.month ?? 0)
    put(COMMA)
    putNumber(birthDate.day ?? 0)
    put(CLOSE)
  }
  put(COMMA)
  if (sex === undefined) put(ZERO)
  else putText(sex)
  put(COMMA)
  putTexts(person.emails)
  put(COMMA)
  putTexts(person.phones)
  put(COMMA)
  if (address === undefined) put(ZERO)
  else putAddress(address)
  put(COMMA)
  if (organisation === undefined) put(ZERO)
  else putWhole(JSON.stringify(organisation))
  put(COMMA)
  put(OPEN)
  let next = false
  for (const { kind, value } of person.identifiers) {
    if (kind === 'email' || kind === 'phone') continue
    if (next) put(COMMA)
    next = true
    putText(kind)
    put(COMMA)
    putText(value)
  }
  put(CLOSE)
  put(COMMA)
  putDisplay(person.display)
  put(CLOSE)
  return bytes.subarray(0, at)
}

function putAddress(address: NormalizedAddress): void {
  put(OPEN)
  for (let index = 0; index < ADDRESS_PARTS.length; index++) {
    if (index > 0) put(COMMA)
    const value = address[ADDRESS_PARTS[index]!]
    if (value === undefined) put(ZERO)
    else putText(value)
  }
  put(CLOSE)
}

function putDisplay(display: NormalizedRecord['display']): void {
  put(OPEN)
  let next = false
  for (const field of Object.keys(display)) {
    if (next) put(COMMA)
    next = true
    const position = POSITIONS.get(field)
    if (position === undefined) putText(field)
    else putNumber(position)
    put(COMMA)
    putText(display[field] as string)
  }
  put(CLOSE)
}

function putTexts(texts: readonly string[]): void {
  put(OPEN)
  for (let index = 0; index < texts.length; index++) {
    if (index > 0) put(COMMA)
    putText(texts[index]!)
  }
  put(CLOSE)
}

/** Plain letters, which nearly all texts are made of, one by one; a text with any other is left to `JSON.stringify`. */
function putText(text: string): void {
  makeRoom(text.length)
  const start = at
  bytes[at++] = QUOTE
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code > 126 || code < 32 || code === QUOTE || code === BACKSLASH) {
      at = start
      putWhole(JSON.stringify(text))
      return
    }
    bytes[at++] = code
  }
  bytes[at++] = QUOTE
}

function putWhole(json: string): void {
  makeRoom(json.length)
  at += encoder.encodeInto(json, bytes.subarray(at)).written
}

/** A whole number, not negative. */
function putNumber(value: number): void {
  if (value >= 10) putNumber(Math.floor(value / 10))
  put(ZERO + (value % 10))
}

function put(code: number): void {
  if (at === bytes.length) makeRoom(1)
  bytes[at++] = code
}

function makeRoom(units: number): void {
  const most = at + units * MOST_BYTES_A_UNIT + 2
  if (most <= bytes.length) return
  const larger = new Uint8Array(Math.max(most, bytes.length * 2))
  larger.set(bytes)
  bytes = larger
}
