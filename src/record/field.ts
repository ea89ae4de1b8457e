/**
 * What a column says about the world. A source maps each of its columns to one field;
 * several columns may map to the same field (two e-mail columns, say).
 */
export const PERSON_FIELDS = [
  'given_name',
  'middle_name',
  'family_name',
  'full_name',
  'birth_date',
  'sex',
  'email',
  'phone',
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
] as const

/**
 * Identifiers name somebody within a namespace; how far each may link is a setting. `national_id` is a number in a
 * register of the state (social security, tax, company register), `passport_id` and `licence_id` are on papers that
 * are renewed under another number.
 */
export const IDENTIFIER_FIELDS = [
  'user_id',
  'customer_id',
  'loyalty_id',
  'national_id',
  'passport_id',
  'licence_id',
  'device_id',
  'anonymous_id',
] as const

/** Fields of something that happened: an event or an order line. */
export const EVENT_FIELDS = [
  'event_kind',
  'event_name',
  'occurred_at',
  'message_id',
  'order_id',
  'product',
  'category',
  'quantity',
  'unit_price',
  'amount',
  'currency',
  'url',
  'referrer',
  'campaign',
  'user_agent',
] as const

/**
 * `record_key` is the source's own id of the row; `updated_at` orders its versions; `deleted` says that the source has
 * none of it any more.
 */
const LEDGER_FIELDS = ['record_key', 'updated_at', 'deleted', 'text'] as const

export const FIELDS = [...LEDGER_FIELDS, ...PERSON_FIELDS, ...IDENTIFIER_FIELDS, ...EVENT_FIELDS] as const

export type IdentifierField = (typeof IDENTIFIER_FIELDS)[number]
export type Field = (typeof FIELDS)[number]
