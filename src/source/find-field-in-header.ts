import type { Field } from '../record/field.ts'
import { findHeaderField } from './find-header-field.ts'

/** Words that only say whose or which one it is. */
const IDENTIFIER =
  /^(?:soc ?sec|ssn|social|passport|licen[cs]e|member|patient|nhs|voter|customer|account|national|tax|policy|insurance)/
const LONGEST_PHRASE = 4

/**
 * The field that a part of a column name means, where the whole is not known: `postcode_fake`, `client_first_name`,
 * `soc_sec_id`. Longer phrases win, and later ones over earlier ones, because the noun stands last. Undefined when
 * no part means anything; a single word `id`, `name`, `key` or `type` is too general to be one.
 */
export function findFieldInHeader(column: string): Field | undefined {
  const words = column
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
  const spelled = SPELLED[words.filter((word) => !ORNAMENTS.has(word)).join(' ')]
  if (spelled !== undefined) return spelled
  if (ABOUT.has(words.at(-1) ?? '')) return undefined
  if (IDENTIFIER.test(words.join(' ')) && /(?:id|no|nr|num|number|code|key)$/.test(words.at(-1) ?? ''))
    return 'national_id'
  for (let length = Math.min(LONGEST_PHRASE, words.length); length >= 1; length--) {
    for (let from = words.length - length; from >= 0; from--) {
      const phrase = words.slice(from, from + length).join(' ')
      const field = GENERAL.has(phrase) ? undefined : findHeaderField(phrase)
      if (field !== undefined) return field
    }
  }
  return undefined
}

/** Orders of words that systems of government and of screening use: the noun first. */
const SPELLED: Readonly<Record<string, Field>> = {
  'name last': 'family_name',
  'name first': 'given_name',
  'name middle': 'middle_name',
  'name full': 'full_name',
  'name org': 'organisation',
  'name organization': 'organisation',
  'name organisation': 'organisation',
  'addr full': 'address',
  'addr line1': 'street',
  'addr line 1': 'street',
  addr1: 'street',
  'addr city': 'city',
  'addr state': 'region',
  'addr postal code': 'postcode',
  'addr zip': 'postcode',
  'addr country': 'country',
  'last nm': 'family_name',
  'first nm': 'given_name',
  'midl name': 'middle_name',
  sname: 'family_name',
  gname: 'given_name',
}
/** Say which of several it is, not what. */
const ORNAMENTS: ReadonlySet<string> = new Set([
  'primary',
  'main',
  'secondary',
  'native',
  'home',
  'work',
  'other',
  'current',
  '1',
  '2',
  '3',
])
/** A column that ends so tells of the thing named before it. */
const ABOUT: ReadonlySet<string> = new Set([
  'type',
  'country',
  'state',
  'status',
  'date',
  'role',
  'source',
  'flag',
  'code',
  'count',
  'valid',
  'verified',
])

const GENERAL: ReadonlySet<string> = new Set([
  ...['id', 'key', 'name', 'nr', 'type', 'kind', 'time', 'date', 'first', 'last', 'via', 'value', 'page', 'text'],
  ...['total', 'count', 'item', 'action', 'title', 'position', 'role', 'state', 'order', 'number', 'ne', 'le', 'ort'],
])
