import type { Field } from '../record/field.ts'
import type { Column, Table } from './table.ts'
import { openTexts } from './texts.ts'
import type { ColumnUse, FieldGuess, UnderstoodColumn } from './understanding.ts'

const USE_OF_FIELD: Partial<Readonly<Record<Field, ColumnUse>>> = {
  given_name: 'given_name',
  middle_name: 'middle_name',
  family_name: 'family_name',
  full_name: 'full_name',
  birth_date: 'birth_date',
  sex: 'sex',
  email: 'email',
  phone: 'phone',
  street: 'street',
  house_number: 'house_number',
  city: 'city',
  postcode: 'postcode',
  region: 'region',
  country: 'country',
  address: 'whole_address',
  organisation: 'organisation',
  job_title: 'text',
  national_id: 'identifier',
  passport_id: 'identifier',
  licence_id: 'identifier',
  customer_id: 'identifier',
  loyalty_id: 'identifier',
  user_id: 'identifier',
}

/** A name says how a row came about, not whom it is about: two systems that know one person disagree here. */
const ABOUT_THE_ROW =
  /(?:^|[^a-z])(?:sources?|systems?|status|types?|categor(?:y|ies)|origin|channel|create[ds]?|creation|updated?|modified|batch|file|import|quelle|herkunft)(?:$|[^a-z])/i
/** Names that say the column holds a place, whatever kind. */
const PLACE = /place|ort$|birth ?place|lieu|lugar|county|district|parish|suburb|locality|address ?_?[23]/i
const ANOTHER_ADDRESS_LINE = /address.?(?:line.?)?[23]|adresszusatz|complement/i

/** `passport_country`, `Driver License State`, `TAX_ID_COUNTRY`. */
const ISSUER =
  /(?:^|[^a-z])(?:passport|passeport|licen[cs]e|visa|ssn|tax|national|document|id|identity)[ _-]?(?:card|id)?[ _-]?(?:number|no)?[ _-]?(?:country|state|province|issuer|authority)(?:[ _-]?code)?$/i

/** A column whose values repeat less than this says nothing that two rows could share. */
const FEWEST_REPEATS = 0.002
/** Fewer bits than this split people into too few groups to be worth a comparison that is not understood. */
const LEAST_BITS = 2.5

/**
 * Decides what each column is good for, from the guess by its name and values and from how its values are spread:
 * constant columns and columns about the row itself are ignored, a column of which no value repeats names rows,
 * and what is not known but could tell people apart becomes a comparison of its own. `hidden` columns are not looked at.
 */
export function understandColumns(
  table: Table,
  guesses: readonly FieldGuess[],
  hidden: ReadonlySet<string>,
): readonly UnderstoodColumn[] {
  const rowId = findRowId(table, guesses, hidden)
  const understood = table.columns.map((column, at): UnderstoodColumn => {
    const { name } = column
    if (hidden.has(name)) return say(name, 'ignored', 1, 'It is hidden from the engine.')
    if (at === rowId) return say(name, 'row_id', 0.95, 'No value repeats, so it names rows.')
    return judge(column, guesses[at] ?? { field: undefined, confidence: 0 })
  })
  return dropDoubles(table, understood)
}

const say = (name: string, use: ColumnUse, confidence: number, because: string): UnderstoodColumn => ({
  name,
  use,
  confidence,
  because,
})

function findRowId(table: Table, guesses: readonly FieldGuess[], hidden: ReadonlySet<string>): number {
  const isUnique = (column: Column): boolean =>
    table.rowCount > 1 && column.values.size - 1 === table.rowCount && !column.codes.includes(0)
  const named = table.columns.findIndex(
    (column, at) => !hidden.has(column.name) && guesses[at]?.field === 'record_key' && isUnique(column),
  )
  if (named >= 0) return named
  return table.columns.findIndex(
    (column, at) =>
      !hidden.has(column.name) &&
      isUnique(column) &&
      (/(?:^|[^a-z])(?:id|key|no|nr|number|index)(?:$|[^a-z])|id$/i.test(column.name) ||
        guesses[at]?.field === undefined) &&
      firstTexts(column, 200).every((value) => /^[\w.:/-]{1,64}$/.test(value) && /\d/.test(value)),
  )
}

/** Texts of the codes from 1 to before `end`, in the order they turned up. */
function firstTexts({ values }: Column, end: number): readonly string[] {
  const textOf = openTexts(values)
  return Array.from({ length: Math.max(0, Math.min(end, values.size) - 1) }, (_, at) => textOf(at + 1))
}

interface Spread {
  readonly filled: number
  readonly distinct: number
  /** Bits of surprise in a value, on average: log2 of how many groups of equal size would say as much. */
  readonly bits: number
}

function measureSpread(column: Column): Spread {
  const counts = new Int32Array(column.values.size)
  for (const code of column.codes) counts[code]!++
  let filled = 0
  for (let code = 1; code < counts.length; code++) filled += counts[code]!
  // Most values are said as often as many others: the logarithm is asked once for them all.
  const alike = new Map<number, number>()
  for (let code = 1; code < counts.length; code++) alike.set(counts[code]!, (alike.get(counts[code]!) ?? 0) + 1)
  let bits = 0
  for (const [count, values] of alike) {
    const share = count / filled
    if (share > 0) bits -= values * share * Math.log2(share)
  }
  return { filled, distinct: column.values.size - 1, bits }
}

function judge(column: Column, { field, confidence }: FieldGuess): UnderstoodColumn {
  const { name } = column
  const { filled, distinct, bits } = measureSpread(column)
  if (filled === 0) return say(name, 'ignored', 1, 'It is empty.')
  if (distinct === 1) return say(name, 'ignored', 1, 'It says the same everywhere.')
  if (ISSUER.test(name)) return say(name, 'ignored', 0.8, 'It says who issued a number, not where somebody lives.')
  if (ANOTHER_ADDRESS_LINE.test(name)) return say(name, 'place', 0.7, 'Its name means a further line of an address.')
  if (field === 'birth_date' && looksLikeDates(column))
    return say(name, 'birth_date', 0.95, 'The name means birth date, and the values are dates.')
  if (field === 'phone' && looksLikePhones(column))
    return say(name, 'phone', Math.max(confidence, 0.8), 'The name means phone, and the values have digits enough.')
  if (confidence <= 0.6 && (field === 'phone' || field === 'email' || field === 'birth_date'))
    return say(
      name,
      'ignored',
      0.5,
      `Its name means ${field.replaceAll('_', ' ')}, but its values do not look like it.`,
    )
  const use = field === undefined || confidence < 0.4 ? undefined : USE_OF_FIELD[field]
  if (use !== undefined && use !== 'text')
    return say(name, use, confidence, `It looks like ${use.replaceAll('_', ' ')}.`)
  if (field === 'record_key') return say(name, 'ignored', 0.7, 'It names rows or files.')
  if (
    use === undefined &&
    (ABOUT_THE_ROW.test(name.replaceAll('_', ' ')) || (field !== undefined && confidence >= 0.75))
  ) {
    return say(name, 'ignored', 0.8, 'It tells of the row or of an event, not of a person.')
  }
  if (use === undefined && looksLikeInstants(column))
    return say(name, 'ignored', 0.8, 'It says when something happened, to the minute.')
  if (1 - distinct / filled < FEWEST_REPEATS) return say(name, 'ignored', 0.6, 'Hardly any value repeats.')
  if (bits < LEAST_BITS) return say(name, 'ignored', 0.6, 'Too few different values to tell people apart.')
  if (PLACE.test(name.replaceAll('_', ' '))) return say(name, 'place', 0.6, 'Its name means a place.')
  if (
    distinct > filled * 0.4 &&
    bits > 6 &&
    firstTexts(column, 300).filter((value) => /\d{3}/.test(value) && !/\s/.test(value)).length >=
      Math.min(299, distinct) * 0.8
  ) {
    return say(name, 'identifier', 0.5, 'Codes that hardly repeat name something.')
  }
  return say(name, 'text', 0.4, 'Its name is not known; equal values count as far as training finds them telling.')
}

function looksLikePhones(column: Column): boolean {
  const sample = firstTexts(column, 500)
  return (
    sample.filter((value) => value.replace(/\D/g, '').length >= 6 && !/[a-z]{4}/i.test(value)).length >=
    sample.length * 0.6
  )
}

/** Six of ten values, on a sample, have a date and a time of day: nobody's birth is told to the minute. */
function looksLikeInstants(column: Column): boolean {
  const sample = firstTexts(column, 500)
  return sample.filter((value) => /\d{4}.*\d{1,2}:\d{2}/.test(value)).length >= sample.length * 0.6
}

/** Six of ten values, on a sample, are digits that make a day between 1500 and 2099, in whatever order. */
function looksLikeDates(column: Column): boolean {
  const sample = firstTexts(column, 500)
  const dates = sample.filter((value) =>
    /^(?:1[5-9]|20)\d{6}$|^\d{1,4}[-/. ]\d{1,2}[-/. ]\d{1,4}|^(?:1[5-9]|20)\d\d$|[a-z]{3}.*\d{2}/i.test(value),
  )
  return dates.length >= sample.length * 0.6
}

const NAMES: ReadonlySet<ColumnUse> = new Set(['given_name', 'family_name'])

/** A second column of one thing would count its evidence twice: where values mostly repeat another column's, only the first counts. */
function dropDoubles(table: Table, understood: readonly UnderstoodColumn[]): readonly UnderstoodColumn[] {
  const has = (use: ColumnUse): boolean => understood.some((column) => column.use === use)
  const hasNames = [...NAMES].every(has)
  return understood.map((column, at) => {
    const { use, name } = column
    if (use === 'ignored' || use === 'row_id') return column
    if (use === 'full_name' && hasNames) {
      const isFurther = understood.findIndex((other) => other.use === 'full_name') < at
      // A native name, say, of those who have given no other; where rows have both it may be somebody else's.
      if (isFurther && !standsAlone(table, understood, at))
        return say(name, 'ignored', 0.7, 'The name is known from other columns.')
      return {
        ...column,
        because: isFurther
          ? 'It holds the whole name of rows that have no other.'
          : 'It holds the whole name; what its parts leave out counts as further names.',
      }
    }
    if ((use === 'text' || column.confidence <= 0.6) && use !== 'birth_date' && isMadeOf(table, at, understood))
      return say(name, 'ignored', 0.8, 'It is put together from other columns.')
    const twin = understood.findIndex(
      (other, before) =>
        before < at &&
        other.use !== 'ignored' &&
        other.use !== 'row_id' &&
        saysTheSame(table.columns[before]!, table.columns[at]!),
    )
    if (twin >= 0) return say(name, 'ignored', 0.8, `It follows from ${understood[twin]!.name}.`)
    return column
  })
}

/** Whether hardly any row fills the column and a name in another one. */
function standsAlone({ columns }: Table, understood: readonly UnderstoodColumn[], at: number): boolean {
  const others = columns.filter(
    (_, other) => NAMES.has(understood[other]!.use) || (understood[other]!.use === 'full_name' && other !== at),
  )
  let filled = 0
  let several = 0
  columns[at]!.codes.forEach((code, row) => {
    if (code === 0) return
    filled++
    if (others.some(({ codes }) => codes[row] !== 0)) several++
  })
  return several <= filled * 0.01
}

/** Whether nine of ten rows say only words that other, shorter columns of the row say: judged on the first rows. */
function isMadeOf(table: Table, at: number, understood: readonly UnderstoodColumn[]): boolean {
  const column = table.columns[at]!
  const others = table.columns.filter(
    (_, other) => other !== at && !['ignored', 'row_id', 'full_name', 'whole_address'].includes(understood[other]!.use),
  )
  const wordsOf = (text: string): readonly string[] =>
    text
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word !== '')
  let composed = 0
  let whole = 0
  const rows = Math.min(column.codes.length, 1000)
  const textOf = openTexts(column.values)
  const texts = others.map(({ values }) => openTexts(values))
  for (let row = 0; row < rows; row++) {
    const words = wordsOf(textOf(column.codes[row]!))
    if (words.length < 2) continue
    whole++
    const said = new Set(others.flatMap(({ codes }, other) => wordsOf(texts[other]!(codes[row]!))))
    if (words.every((word) => said.has(word))) composed++
  }
  return whole >= 5 && composed >= whole * 0.9
}

/** Whether nine of ten rows that fill both say the same, letters and digits only; judged on the first rows. */
function saysTheSame(a: Column, b: Column): boolean {
  let both = 0
  let same = 0
  const textOfA = openTexts(a.values)
  const textOfB = openTexts(b.values)
  const rows = Math.min(a.codes.length, 2000)
  for (let row = 0; row < rows; row++) {
    const x = textOfA(a.codes[row]!)
    const y = textOfB(b.codes[row]!)
    if (x === '' || y === '') continue
    both++
    if (x.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '') === y.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')) same++
  }
  return both >= 5 && same >= both * 0.9
}
