import type { Random } from './create-random.ts'
import type { Visit } from './draw-visit.ts'
import type { PurchaseLine } from './purchase.ts'

/**
 * Views and adds the lines one after the other and goes to the till; whether an order follows is the caller's.
 * With n lines it appends 2n + 3 events over at most 3n + 2 minutes.
 */
export function fillCart(random: Random, visit: Visit, lines: readonly PurchaseLine[]): void {
  visit.page('Home', '/')
  for (const { product, quantity } of lines) {
    visit.wait(random.integer(8, 120))
    visit.trackProduct('Product Viewed', product)
    visit.wait(random.integer(5, 60))
    visit.trackProduct('Product Added', product, quantity)
  }
  visit.wait(random.integer(5, 60))
  visit.track('Cart Viewed', '/cart', {})
  visit.wait(random.integer(5, 60))
  visit.track('Checkout Started', '/checkout', { products: lines.length })
}
