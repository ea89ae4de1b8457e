import type { Random } from './create-random.ts'
import { drawVisit } from './draw-visit.ts'
import { PRODUCTS } from './products.ts'
import type { Product } from './products.ts'
import type { Visitor, WebEvent } from './web-event.ts'

const MINUTE_MS = 60_000

/** What somebody is doing while the sample is looked at; each act makes one real-time trigger true and no other. */
export type LiveAct = 'burst' | 'repeat_views' | 'abandoned_checkout'

/**
 * A signed-in visit in the last hour before `asOf`. `burst`: 9 interactions within 9 minutes, each page another one.
 * `repeat_views`: one expensive product viewed 5 times within 55 minutes, none of them in the last 10.
 * `abandoned_checkout`: a checkout begun about 15 minutes ago and left.
 */
export function inventLiveVisit(random: Random, visitor: Visitor, act: LiveAct, asOf: Date): readonly WebEvent[] {
  const { person } = visitor
  const minutesAgo = act === 'burst' ? 9 : act === 'repeat_views' ? 55 : 26
  const visit = drawVisit(random, visitor, asOf.getTime() - minutesAgo * MINUTE_MS, person?.customerId)
  const expensive = PRODUCTS[2] as Product
  if (person !== undefined) visit.identify(person, true)
  switch (act) {
    case 'burst':
      visit.page('Home', '/')
      for (const product of random.shuffle(PRODUCTS).slice(0, 7)) {
        visit.wait(random.integer(20, 70))
        visit.trackProduct('Product Viewed', product)
      }
      break
    case 'repeat_views':
      for (let view = 0; view < 5; view += 1) {
        visit.trackProduct('Product Viewed', expensive)
        visit.wait(random.integer(300, 620))
      }
      break
    case 'abandoned_checkout':
      visit.page('Home', '/')
      visit.wait(random.integer(60, 180))
      visit.trackProduct('Product Added', random.pick(PRODUCTS), 1)
      visit.wait(random.integer(60, 240))
      visit.track('Checkout Started', '/checkout', { products: 1 })
  }
  return visit.events
}
