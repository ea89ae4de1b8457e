import { scorePreset } from '../score-preset.ts'
import type { SourcePreset } from '../source-preset.ts'
import { EXTERNAL_ID_COLUMNS, readExternalIds } from './read-external-ids.ts'

const columns: SourcePreset['columns'] = {
  messageId: 'message_id',
  type: 'event_kind',
  event: 'event_name',
  // Of pages and screens.
  name: 'event_name',
  timestamp: 'occurred_at',
  userId: 'user_id',
  anonymousId: 'anonymous_id',
  // Of alias: the visitor whom the user was before.
  previousId: 'anonymous_id',
  'context.device.id': 'device_id',
  'context.traits.email': 'email',
  'context.traits.phone': 'phone',
  'traits.email': 'email',
  'traits.phone': 'phone',
  'traits.firstName': 'given_name',
  'traits.lastName': 'family_name',
  'traits.name': 'full_name',
  'traits.birthday': 'birth_date',
  'traits.gender': 'sex',
  'traits.title': 'job_title',
  'traits.company.name': 'organisation',
  'traits.address.street': 'street',
  'traits.address.city': 'city',
  'traits.address.postalCode': 'postcode',
  'traits.address.state': 'region',
  'traits.address.country': 'country',
  'context.page.url': 'url',
  'context.page.referrer': 'referrer',
  'context.campaign.name': 'campaign',
  'context.userAgent': 'user_agent',
  'context.locale': 'language',
  'properties.order_id': 'order_id',
  'properties.product_id': 'product',
  'properties.category': 'category',
  'properties.quantity': 'quantity',
  'properties.price': 'unit_price',
  order_amount: 'amount',
  'properties.currency': 'currency',
  ...EXTERNAL_ID_COLUMNS,
}

/** What an order came to, the first that is told: without or with tax and shipping, or whatever a conversion is worth. */
const AMOUNTS = ['properties.revenue', 'properties.total', 'properties.value']

/** As the Segment spec has them, and as RudderStack's libraries for browsers and phones do. */
const EXTERNAL_IDS = ['context.externalIds', 'context.externalId']

/**
 * Track, page, screen, identify and alias calls as JSON Lines, as Segment and RudderStack archive them: the fields
 * of the Segment spec's common, identify and e-commerce parts. `properties.url` of page calls repeats the context's.
 */
export const segmentEvents: SourcePreset = {
  name: 'segment-events',
  title: 'Segment or RudderStack events',
  kind: 'events',
  match: (given) =>
    scorePreset(given, ['messageId', 'anonymousId', 'type'], ['timestamp', 'userId', 'event', 'context.page.url']),
  columns,
  format: { syntax: 'jsonl' },
  derive: (value) =>
    new Map([
      ['order_amount', AMOUNTS.map(value).find((amount) => (amount ?? '') !== '') ?? null],
      ...readExternalIds(EXTERNAL_IDS.map(value)),
    ]),
}
