import type { Random } from './create-random.ts'
import type { EventName } from './event-taxonomy.ts'
import type { InventedPerson } from './invented-person.ts'
import { inventUuid } from './invent-uuid.ts'
import type { Product } from './products.ts'
import { spellPhone } from './spell-phone.ts'
import type { Visitor, WebEvent, WebMessage } from './web-event.ts'

/** The site's address: a reserved domain (RFC 2606, 1999), since a page is nobody's mailbox. */
const SITE = 'https://shop.onefold.example'

const REFERRERS = ['https://search.example/', 'https://blog.example/kettles', 'https://social.example/feed'] as const
const CAMPAIGNS = [
  { source: 'newsletter', medium: 'email', name: 'summer-2026' },
  { source: 'search', medium: 'cpc', name: 'brand' },
  { source: 'social', medium: 'paid', name: 'garden-week' },
] as const

/** What can happen in a visit; each call appends one event at the visit's clock. */
export interface Visit {
  readonly events: readonly WebEvent[]
  /** Moves the visit's clock forward. */
  wait(seconds: number): void
  page(name: string, path: string): void
  track(event: EventName, path: string, properties: Readonly<Record<string, unknown>>): void
  /** `track` for a declared product event, on the product's own page. */
  trackProduct(event: EventName, product: Product, quantity?: number): void
  /** Names the visitor; with `signsIn` the messages from here on carry the user id. */
  identify(person: InventedPerson, signsIn: boolean): void
}

/**
 * Starts a visit of a visitor at an instant. `userId` is set when the site still knows who this is.
 * One visit in five comes from a campaign, which its page views carry.
 */
export function drawVisit(random: Random, visitor: Visitor, startMs: number, userId?: string): Visit {
  const events: WebEvent[] = []
  const { device, person } = visitor
  const campaign = random.chance(0.2) ? random.pick(CAMPAIGNS) : undefined
  const referrer = campaign === undefined && random.chance(0.5) ? random.pick(REFERRERS) : undefined
  let atMs = startMs
  let knownAs = userId
  const append = (
    message: Pick<WebMessage, 'type' | 'event' | 'name' | 'properties' | 'traits'>,
    path: string,
  ): void => {
    const { type, ...content } = message
    events.push({
      atMs,
      ...(person === undefined ? {} : { person: person.number }),
      message: {
        type,
        messageId: inventUuid(random),
        anonymousId: device.anonymousId,
        ...(knownAs === undefined ? {} : { userId: knownAs }),
        timestamp: new Date(atMs).toISOString(),
        context: {
          page: { url: SITE + path, path, ...(referrer === undefined ? {} : { referrer }) },
          ...(campaign === undefined ? {} : { campaign }),
          userAgent: device.userAgent,
        },
        ...content,
      },
    })
  }
  return {
    events,
    wait: (seconds) => void (atMs += Math.round(seconds * 1000)),
    page: (name, path) => append({ type: 'page', name, properties: { path, title: name } }, path),
    track: (event, path, properties) => append({ type: 'track', event, properties }, path),
    trackProduct: (event, product, quantity) => {
      const { sku, name, category, priceCents } = product
      const properties = {
        product_id: sku,
        sku,
        name,
        category,
        price: priceCents / 100,
        ...(quantity === undefined ? {} : { quantity }),
      }
      append({ type: 'track', event, properties }, `/p/${sku.toLowerCase()}`)
    },
    identify: (somebody, signsIn) => {
      if (signsIn) knownAs = somebody.customerId
      append({ type: 'identify', traits: spellTraits(random, somebody) }, signsIn ? '/account' : '/checkout')
    },
  }
}

/** What the account form holds: the e-mail always, the rest as far as somebody filled it in. */
function spellTraits(random: Random, person: InventedPerson): Record<string, string> {
  const { given, family, emails, mobile, country } = person
  return {
    email: (random.chance(0.85) ? emails[0] : emails.at(-1)) ?? '',
    ...(random.chance(0.8) ? { firstName: given, lastName: family } : {}),
    ...(mobile !== undefined && random.chance(0.4) ? { phone: spellPhone(random, mobile, country) } : {}),
  }
}
