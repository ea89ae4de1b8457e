import type { Field } from '../record/field.ts'
import { EVENT_FIELDS, PERSON_FIELDS } from '../record/field.ts'
import type { ColumnGuess } from './recognize-columns.ts'
import type { SourceKind } from './source-preset.ts'

const PEOPLE = new Set<Field>(PERSON_FIELDS)
const EVENTS = new Set<Field>(EVENT_FIELDS)
const ORDERS: readonly Field[] = ['order_id', 'product', 'quantity', 'unit_price', 'amount', 'currency']
/** What happened. */
const WHAT: readonly Field[] = ['event_name', 'event_kind']
/** A web address alone does not make an event: people and companies have one too. */
const HAPPENED: readonly Field[] = [...WHAT, 'message_id', 'referrer', 'user_agent', 'anonymous_id']

/**
 * Whether a file tells of people, orders or events, from the guesses of its columns. Orders have at least two of
 * order number, product, quantity, price, amount and currency; events say what happened or when; all else is people.
 * Confidence is 0 to 1; 0.3 when nothing was recognised. The order of columns does not matter.
 */
export function recognizeKind(guesses: readonly ColumnGuess[]): {
  readonly kind: SourceKind
  readonly confidence: number
} {
  const confidenceOf = new Map<Field, number>()
  for (const { field, confidence } of guesses) {
    if (field !== undefined) confidenceOf.set(field, Math.max(confidence, confidenceOf.get(field) ?? 0))
  }
  const sum = (fields: Iterable<Field>): number => {
    let total = 0
    for (const field of fields) total += confidenceOf.get(field) ?? 0
    return total
  }
  const people = sum(PEOPLE)
  const orders = sum(ORDERS)
  const when = confidenceOf.get('occurred_at') ?? 0
  const events = sum(HAPPENED) + when
  if (people + sum(EVENTS) === 0) return { kind: 'people', confidence: 0.3 }

  // Two things known by name; events of a shop carry order columns as well, so what only events have comes first, and what
  // says what happened, but neither in which order nor how many, is no order.
  const two = 1.4
  const isToldOnly = sum(WHAT) >= 0.7 && !confidenceOf.has('order_id') && !confidenceOf.has('quantity')
  const isOrder = orders >= two && sum(HAPPENED) < two && !isToldOnly
  const isEvent = sum(HAPPENED) >= 0.7 && events >= two
  if (isOrder) return { kind: 'orders', confidence: Math.min(1, 0.5 + orders * 0.12 + when * 0.1) }
  if (isEvent) return { kind: 'events', confidence: Math.min(1, 0.5 + events * 0.12) }
  return { kind: 'people', confidence: Math.min(1, 0.4 + people * 0.12) }
}
