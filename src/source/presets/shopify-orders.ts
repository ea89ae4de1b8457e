import { scorePreset } from '../score-preset.ts'
import type { SourcePreset } from '../source-preset.ts'

const columns = {
  Name: 'order_id',
  Email: 'email',
  'Created at': 'occurred_at',
  Currency: 'currency',
  'Lineitem name': 'product',
  'Lineitem quantity': 'quantity',
  'Lineitem price': 'unit_price',
  'Billing Name': 'full_name',
  'Billing Street': 'street',
  'Billing City': 'city',
  'Billing Zip': 'postcode',
  'Billing Province': 'region',
  'Billing Country': 'country',
  'Billing Phone': 'phone',
  'Billing Company': 'organisation',
  Phone: 'phone',
  Notes: 'text',
} as const

/**
 * Orders exported from Shopify's admin as CSV: a line for each item, the order's own columns filled on its first line
 * only. The order's `Total` is not mapped, since it would count once more for each line; `Id` is the order's, not
 * the line's, so there is no record key.
 */
export const shopifyOrders: SourcePreset = {
  name: 'shopify-orders',
  title: 'Shopify orders',
  kind: 'orders',
  match: (given) => scorePreset(given, ['Name', 'Lineitem name', 'Lineitem quantity'], Object.keys(columns)),
  columns,
}
