import type { Country } from './country.ts'
import { createRandom } from './create-random.ts'
import type { Random } from './create-random.ts'
import { foldToAscii } from './fold-to-ascii.ts'
import { formatCsvRow } from './format-csv-row.ts'
import type { InventedPerson } from './invented-person.ts'
import { misspell } from './misspell.ts'
import type { Purchase } from './purchase.ts'
import type { SampleFile, ShopCounts, TruthRow } from './sample-file.ts'
import { spellPhone } from './spell-phone.ts'

// prettier-ignore
const HEADER = [
  'Name', 'Email', 'Financial Status', 'Paid at', 'Fulfillment Status', 'Currency', 'Subtotal', 'Total', 'Created at',
  'Lineitem quantity', 'Lineitem name', 'Lineitem price', 'Lineitem sku', 'Billing Name', 'Billing Street',
  'Billing Zip', 'Billing City', 'Billing Country', 'Phone', 'Id', 'Customer ID',
]

/**
 * The shop's order export in the shape Shopify gives it: one line per line item, and only an order's first line
 * carries the money, the address and the customer; the others repeat its name, e-mail and time.
 * The truth's key is the order's name. Orders without a buyer have no truth. Every row parses strictly; LF, no BOM.
 */
export function inventShopOrders(
  seed: number,
  purchases: readonly Purchase[],
): { file: SampleFile; truth: readonly TruthRow[]; counts: ShopCounts } {
  const random = createRandom(seed, 'shop')
  const rows = [formatCsvRow(HEADER, ',')]
  const truth: TruthRow[] = []
  for (const purchase of purchases) {
    rows.push(...orderRows(random, purchase))
    if (purchase.buyer !== undefined) {
      truth.push({ source: 'shop-orders', key: purchase.orderName, person: purchase.buyer.number })
    }
  }
  const counts: ShopCounts = {
    lines: rows.length - 1,
    orders: purchases.length,
    ordersOfNobody: purchases.filter(({ buyer }) => buyer === undefined).length,
    guestOrders: purchases.filter(({ buyer, signedIn }) => buyer !== undefined && !signedIn).length,
    cancelledOrders: purchases.filter(({ status }) => status === 'refunded' || status === 'voided').length,
    zeroPriceLines: purchases.flatMap(({ lines }) => lines).filter(({ product }) => product.priceCents === 0).length,
  }
  return { file: { name: 'shop-orders.csv', content: Buffer.from(`${rows.join('\n')}\n`) }, truth, counts }
}

function orderRows(random: Random, purchase: Purchase): string[] {
  const { orderName, buyer, atMs, status, lines } = purchase
  const created = shopTime(atMs)
  const subtotal = lines.reduce((sum, { product, quantity }) => sum + product.priceCents * quantity, 0)
  const total = subtotal + (subtotal >= 5000 ? 0 : 490)
  const email = buyer === undefined ? '' : pickEmail(random, buyer)
  const paidAt = status === 'paid' || status === 'refunded' ? shopTime(atMs + 60_000) : ''
  const fulfilment = status === 'paid' ? 'fulfilled' : status === 'refunded' ? 'restocked' : 'unfulfilled'
  const first = [status, paidAt, fulfilment, buyer?.country.currency ?? 'EUR', money(subtotal), money(total)]
  const orderId = String(5_400_000_000_000 + Number(orderName.slice(1)) * 32_768)
  const last = [...billing(random, buyer), orderId, buyer !== undefined && purchase.signedIn ? buyer.customerId : '']
  return lines.map(({ product, quantity }, rank) => {
    const lineItem = [String(quantity), product.name, money(product.priceCents), product.sku]
    const order = rank === 0 ? first : first.map(() => '')
    return formatCsvRow(
      [orderName, email, ...order, created, ...lineItem, ...(rank === 0 ? last : last.map(() => ''))],
      ',',
    )
  })
}

/** Name, street, postcode, town, country and phone as typed at the checkout: mostly right, seldom complete. */
function billing(random: Random, buyer: InventedPerson | undefined): string[] {
  if (buyer === undefined) return ['', '', '', '', '', '']
  const family = random.chance(0.04) ? misspell(random, buyer.family) : buyer.family
  const given = random.chance(0.1) ? (buyer.country.nicknames[buyer.given] ?? buyer.given) : buyer.given
  const name = random.chance(0.04) ? `${given.charAt(0)}. ${family}` : `${given} ${family}`
  const phone = buyer.mobile ?? buyer.landline
  return [
    random.chance(0.15) ? foldToAscii(name) : name,
    buyer.home.street,
    buyer.home.postcode,
    random.chance(0.1) ? buyer.home.city.toUpperCase() : buyer.home.city,
    buyer.country.code,
    phone !== undefined && random.chance(0.6) ? spellShopPhone(random, phone, buyer.country) : '',
  ]
}

/** Shopify puts an apostrophe before a number so that spreadsheets keep its plus sign. */
function spellShopPhone(random: Random, phone: string, country: Country): string {
  return random.chance(0.1) ? `'${phone}` : spellPhone(random, phone, country)
}

function pickEmail(random: Random, buyer: InventedPerson): string {
  const address = random.chance(0.8) ? buyer.emails[0] : random.pick(buyer.emails)
  return random.chance(0.05) ? (address ?? '').toUpperCase() : (address ?? '')
}

function money(cents: number): string {
  return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`
}

function shopTime(atMs: number): string {
  const [day, time] = new Date(atMs).toISOString().split('T')
  return `${day} ${time?.slice(0, 8)} +0000`
}
