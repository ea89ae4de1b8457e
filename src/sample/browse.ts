import type { Random } from './create-random.ts'
import type { Visit } from './draw-visit.ts'
import { PRODUCTS } from './products.ts'
import type { Product } from './products.ts'

/**
 * Lets a visitor look around: a visit of `steps` events, 1 or more; one step is a bounce.
 * Product views, category pages, searches and filters, now and then something for the basket that is never bought.
 * Steps are 5 seconds to 4 minutes apart, so a visit stays one session under the 30-minute rule.
 */
export function browse(random: Random, visit: Visit, steps: number): void {
  const basket: Product[] = []
  visit.page('Home', '/')
  for (let step = 1; step < steps; step += 1) {
    const haste = random.fraction()
    visit.wait(5 + haste * haste * 235)
    const product = random.pick(PRODUCTS)
    const roll = random.fraction()
    if (roll < 0.4) visit.trackProduct('Product Viewed', product)
    else if (roll < 0.7) visit.page(`Category ${product.category}`, `/c/${product.category}`)
    else if (roll < 0.78) visit.track('Search', '/search', { query: product.category })
    else if (roll < 0.84) visit.track('Product List Filtered', `/c/${product.category}`, { category: product.category })
    else if (roll < 0.94) {
      visit.trackProduct('Product Added', product, 1)
      basket.push(product)
    } else {
      const unwanted = roll < 0.97 ? undefined : basket.pop()
      if (unwanted === undefined) visit.track('Cart Viewed', '/cart', {})
      else visit.trackProduct('Product Removed', unwanted, 1)
    }
  }
}
