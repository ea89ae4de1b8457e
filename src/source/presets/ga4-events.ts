import { scorePreset } from '../score-preset.ts'
import type { SourcePreset } from '../source-preset.ts'

const columns = {
  event_name: 'event_name',
  occurred_at: 'occurred_at',
  user_pseudo_id: 'anonymous_id',
  user_id: 'user_id',
  'device.advertising_id': 'device_id',
  'device.language': 'language',
  page_location: 'url',
  page_referrer: 'referrer',
  campaign: 'campaign',
  'ecommerce.transaction_id': 'order_id',
  'ecommerce.purchase_revenue': 'amount',
  'ecommerce.total_item_quantity': 'quantity',
  currency: 'currency',
  'geo.country': 'country',
  'geo.region': 'region',
  'geo.city': 'city',
  item_id: 'product',
  item_category: 'category',
  item_price: 'unit_price',
} as const

const PARAMETERS = ['page_location', 'page_referrer', 'campaign', 'currency'] as const

const ITEM = [
  ['item_id', 'item_id'],
  ['item_category', 'item_category'],
  ['item_price', 'price'],
] as const

/**
 * Events of Google Analytics 4 as its BigQuery export writes them, as JSON Lines. `event_timestamp` is in
 * microseconds and becomes the ISO instant `occurred_at`; page, referrer, campaign and currency come out of
 * `event_params`, and product, category and price out of `items` where there is one.
 */
export const ga4Events: SourcePreset = {
  name: 'ga4-events',
  title: 'Google Analytics 4 events',
  kind: 'events',
  match: (given) =>
    scorePreset(given, ['event_name', 'event_timestamp', 'user_pseudo_id'], ['event_params', 'user_id', 'event_date']),
  columns,
  format: { syntax: 'jsonl' },
  derive: (value) =>
    new Map<string, string | null>([
      ['occurred_at', parseMicroseconds(value('event_timestamp'))],
      ...parseParameters(value('event_params')),
      ...parseItem(value('items')),
    ]),
}

/** An ISO 8601 instant in UTC to the millisecond; null when the text is no whole number of the years 1970 to 9999. */
function parseMicroseconds(text: string | null): string | null {
  if (text === null || !/^\d{1,18}$/.test(text)) return null
  const instant = new Date(Math.floor(Number(text) / 1000))
  return instant.getTime() <= 253_402_300_799_999 ? instant.toISOString() : null
}

/** BigQuery writes `[{"key": …, "value": {"string_value": …}}]`; what is not written so is left out. */
function parseParameters(text: string | null): [string, string | null][] {
  const found = new Map<string, string | null>(PARAMETERS.map((name) => [name, null]))
  for (const entry of parseArray(text)) {
    if (typeof entry !== 'object' || entry === null) continue
    const { key, value } = entry as { key?: unknown; value?: { string_value?: unknown } | null }
    const content = value?.string_value
    if (typeof key === 'string' && found.has(key) && typeof content === 'string') found.set(key, content)
  }
  return [...found]
}

/** What a single item is; several are those of a list or a cart, of which none is what the event is about. */
function parseItem(text: string | null): [string, string | null][] {
  const items = parseArray(text)
  const item = (items.length === 1 ? (items[0] ?? {}) : {}) as Readonly<Record<string, unknown>>
  return ITEM.map(([column, key]) => {
    const value = item[key]
    return [column, typeof value === 'string' || typeof value === 'number' ? String(value) : null]
  })
}

function parseArray(text: string | null): readonly unknown[] {
  try {
    const parsed: unknown = JSON.parse(text ?? '[]')
    return Array.isArray(parsed) ? parsed : []
  } catch {
    return []
  }
}
