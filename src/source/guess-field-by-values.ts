import type { Field } from '../record/field.ts'
import { guessValueKind, type ValueKind } from './guess-value-kind.ts'

export interface ValueEvidence {
  /** What the values alone say; undefined when they could be anything. */
  readonly field: Field | undefined
  /** 0 to 1: the share of filled cells that look like it. */
  readonly share: number
  /** 0 to 1: 1 when only this field looks so, less when others do too. */
  readonly weight: number
  readonly looksLike: string
  /** Every field these values would be good for. */
  readonly fits: ReadonlySet<Field>
  /** Cells with a value. */
  readonly filled: number
}

const SEXES = new Set([
  'f',
  'm',
  'x',
  'd',
  'w',
  'h',
  'female',
  'male',
  'woman',
  'man',
  'weiblich',
  'maennlich',
  'männlich',
  'divers',
  'femme',
  'homme',
  'mujer',
  'hombre',
  'non-binary',
])
/** ISO 4217 codes of the 25 currencies most traded (BIS triennial survey 2022). */
const CURRENCIES = new Set(
  'USD EUR JPY GBP CNY AUD CAD CHF HKD SGD SEK KRW NOK NZD INR MXN TWD ZAR BRL DKK PLN THB ILS IDR CZK'.split(' '),
)
const COUNTRIES = new Set(
  'DE AT CH FR ES IT GB UK US CA NL BE LU PT IE DK SE NO FI PL CZ SK HU GR TR RU UA JP CN IN BR MX AR AU NZ ZA Germany Deutschland Austria Österreich Switzerland Schweiz Suisse France Frankreich Spain España Spanien Italy Italia Italien Netherlands Niederlande Belgium Belgien Belgique Portugal Poland Polen'.split(
    ' ',
  ),
)
const POSTCODE = /^(?:\d{5}(?:-\d{4})?|[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}|\d{4} ?[A-Z]{2}|[A-Z]\d[A-Z] \d[A-Z]\d)$/

/** Oldest year a living person's birth and a business event are told apart by: few exports reach back so far. */
const BIRTH_BEFORE_YEAR = 2010

/** At least this share of filled cells must look alike. */
const ENOUGH = 0.6

/**
 * What the values of a column say about its field: e-mail addresses, phone numbers, URLs, instants, dates, sexes,
 * currencies, countries and postcodes. No values say nothing. Unique short codes say that they may be a record key.
 */
export function guessFieldByValues(values: readonly string[]): ValueEvidence {
  const filled = values.length
  const kinds = new Map<ValueKind, number>()
  for (const value of values) {
    const kind = guessValueKind(value)
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
  }
  const share = (...wanted: ValueKind[]): number =>
    filled === 0 ? 0 : wanted.reduce((sum, kind) => sum + (kinds.get(kind) ?? 0), 0) / filled
  const shareOf = (fits: (value: string) => boolean): number => (filled === 0 ? 0 : values.filter(fits).length / filled)

  const candidates: readonly (readonly [Field, number, number, string, readonly Field[]])[] = [
    ['email', share('email'), 1, 'e-mail addresses', ['email']],
    ['url', share('url'), 1, 'web addresses', ['url', 'referrer']],
    ['occurred_at', share('timestamp'), 0.9, 'instants', ['occurred_at', 'updated_at']],
    ['currency', shareOf((value) => CURRENCIES.has(value)), 1, 'currency codes', ['currency']],
    ['sex', shareOf((value) => SEXES.has(value.toLowerCase())), filled >= 3 ? 0.9 : 0.6, 'sexes', ['sex']],
    ['country', shareOf((value) => COUNTRIES.has(value)), 0.9, 'countries', ['country']],
    ['phone', share('phone'), 0.9, 'phone numbers', ['phone']],
    ['birth_date', shareOf(isEarlyDate), 0.8, 'dates of birth', ['birth_date', 'occurred_at', 'updated_at']],
    ['occurred_at', share('date'), 0.7, 'dates', ['occurred_at', 'updated_at', 'birth_date']],
    [
      'postcode',
      shareOf((value) => POSTCODE.test(value)),
      0.7,
      'postcodes',
      ['postcode', 'quantity', 'amount', 'phone', 'record_key'],
    ],
  ]
  const best = candidates.find(([, portion]) => portion >= ENOUGH)
  const numeric = share('integer', 'number') >= ENOUGH
  const fits = new Set<Field>(best?.[4] ?? [])
  if (numeric)
    for (const field of ['quantity', 'unit_price', 'amount', 'phone', 'occurred_at'] as const) fits.add(field)
  if (best !== undefined) {
    return { field: best[0], share: best[1], weight: best[2], looksLike: best[3], fits, filled }
  }
  const isKey =
    filled >= 10 &&
    new Set(values).size === filled &&
    shareOf((value) => /^[\w-]{1,64}$/.test(value) && /\d/.test(value)) === 1
  if (!isKey || share('number') > 0) return { field: undefined, share: 0, weight: 0, looksLike: '', fits, filled }
  fits.add('record_key')
  return { field: 'record_key', share: 1, weight: 0.6, looksLike: 'ids that never repeat', fits, filled }
}

function isEarlyDate(value: string): boolean {
  if (guessValueKind(value) !== 'date') return false
  const year = Number(/\d{4}/.exec(value)?.[0] ?? NaN)
  return year >= 1900 && year < BIRTH_BEFORE_YEAR
}
