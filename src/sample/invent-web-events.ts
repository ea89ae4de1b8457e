import { browse } from './browse.ts'
import { createRandom } from './create-random.ts'
import type { Random } from './create-random.ts'
import { deliverEvents } from './deliver-events.ts'
import { drawVisit } from './draw-visit.ts'
import { fillCart } from './fill-cart.ts'
import { inventEmailEngagement } from './invent-email-engagement.ts'
import { inventLiveVisit } from './invent-live-visit.ts'
import type { LiveAct } from './invent-live-visit.ts'
import { inventUuid } from './invent-uuid.ts'
import type { InventedPerson } from './invented-person.ts'
import type { Purchase } from './purchase.ts'
import type { SampleFile, SegmentCounts, TruthRow, WebCounts } from './sample-file.ts'
import type { Device, Visitor, WebEvent } from './web-event.ts'

const DAY_MS = 86_400_000

/** How far back the site's log reaches. */
const LOG_DAYS = 120

const LIVE_ACTS: readonly LiveAct[] = ['burst', 'repeat_views', 'abandoned_checkout']

const USER_AGENTS = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/137.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.4 Safari/605.1.15',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.4 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/137.0.0.0 Mobile Safari/537.36',
  'Mozilla/5.0 (X11; Linux x86_64; rv:139.0) Gecko/20100101 Firefox/139.0',
] as const

type WebSegments = Pick<
  SegmentCounts,
  'highlyEngaged' | 'moderatelyEngaged' | 'disengaged' | 'burstVisitors' | 'repeatViewers' | 'cartAbandoners'
>

/** A visit before its events are drawn: with a purchase it ends in that order, else it takes `steps` steps. */
interface PlannedVisit {
  readonly visitor: Visitor
  readonly startMs: number
  readonly steps: number
  readonly purchase?: Purchase
}

/**
 * The site's event log: about 25 messages a person over 120 days, in the shape of the Segment specification.
 * Visitors are anonymous until they sign in, some on two devices, some households on one device together;
 * one visit in eight belongs to nobody of the sample. Half of the recent orders end a visit with the same order id.
 * The truth's key is the message id; messages that nothing ties to a person (no sign-in on the device ever, no
 * user id, no e-mail) have no truth, since nobody could know.
 */
export function inventWebEvents(
  seed: number,
  people: readonly InventedPerson[],
  purchases: readonly Purchase[],
  asOf: Date,
): { file: SampleFile; truth: readonly TruthRow[]; counts: WebCounts; segments: WebSegments } {
  const random = createRandom(seed, 'web')
  const visitors = random.shuffle(people).slice(0, Math.round(people.length * 0.7))
  const devices = equip(random, visitors)
  const accounts = new Set(
    purchases.flatMap(({ buyer, signedIn }) => (buyer !== undefined && signedIn ? [buyer.number] : [])),
  )
  const emails = inventEmailEngagement(seed, people, accounts, asOf)

  const live = Math.max(2, Math.round(people.length / 200))
  const liveEvents = visitors.slice(0, live * LIVE_ACTS.length).flatMap((person, rank) => {
    const device = random.pick(devices.get(person) ?? [])
    return inventLiveVisit(random, { device, person }, LIVE_ACTS[rank % LIVE_ACTS.length] ?? 'burst', asOf)
  })
  const budget = people.length * 25 - emails.events.length - liveEvents.length
  const plans = planVisits(random, devices, purchases, budget, asOf)
  const events = [...emails.events, ...liveEvents, ...drawVisits(random, plans)]
  const delivered = deliverEvents(createRandom(seed, 'delivery'), events)
  const owners = findOwners(events)
  return {
    file: { name: 'web-events.jsonl', content: Buffer.from(delivered.lines.join('\n') + '\n') },
    truth: delivered.events.flatMap(({ message, person }) =>
      person !== undefined && isTied(message, owners) ? [{ source: 'web-events', key: message.messageId, person }] : [],
    ),
    counts: {
      ...delivered.counts,
      identifies: events.filter(({ message }) => message.type === 'identify').length,
      emailEvents: emails.events.length,
      sharedDevices: [...owners.values()].filter((persons) => persons.size > 1).length,
      unidentifiedVisitors: [...owners.values()].filter((persons) => persons.size === 0).length,
    },
    segments: { ...emails.tiers, burstVisitors: live, repeatViewers: live, cartAbandoners: live },
  }
}

/** Gives each visitor one device, a third of them two; one household in six shares its first. */
function equip(random: Random, visitors: readonly InventedPerson[]): ReadonlyMap<InventedPerson, readonly Device[]> {
  const familyDevices = new Map<number, Device>()
  const devices = new Map<InventedPerson, readonly Device[]>()
  for (const person of visitors) {
    const shared = familyDevices.get(person.household)
    const own = [shared ?? inventDevice(random)]
    if (shared === undefined && random.chance(0.17)) familyDevices.set(person.household, own[0] as Device)
    if (random.chance(0.33)) own.push(inventDevice(random))
    devices.set(person, own)
  }
  return devices
}

function inventDevice(random: Random): Device {
  return { anonymousId: inventUuid(random), userAgent: random.pick(USER_AGENTS) }
}

/** Order visits first, then browsing until the budget of events is spent; sorted by start. */
function planVisits(
  random: Random,
  devices: ReadonlyMap<InventedPerson, readonly Device[]>,
  purchases: readonly Purchase[],
  budget: number,
  asOf: Date,
): readonly PlannedVisit[] {
  const sinceMs = asOf.getTime() - LOG_DAYS * DAY_MS
  const plans: PlannedVisit[] = []
  let left = budget
  for (const purchase of purchases) {
    const own = purchase.buyer === undefined ? undefined : devices.get(purchase.buyer)
    if (own === undefined || purchase.buyer === undefined || purchase.atMs < sinceMs || random.chance(0.3)) continue
    const steps = 2 * purchase.lines.length + 4
    plans.push({
      visitor: { device: random.pick(own), person: purchase.buyer },
      startMs: purchase.atMs,
      steps,
      purchase,
    })
    left -= steps
  }
  // A few visit often and most seldom: weights 1 to 25.
  const crowd = [...devices.keys()].flatMap((person) => Array<InventedPerson>(random.integer(1, 5) ** 2).fill(person))
  while (left > 0) {
    const person = random.chance(0.125) ? undefined : random.pick(crowd)
    const device = person === undefined ? inventDevice(random) : random.pick(devices.get(person) ?? [])
    const startMs = sinceMs + Math.floor(random.fraction() * (LOG_DAYS * DAY_MS - 2 * 3_600_000))
    const steps = random.pick([1, 1, 2, 3, 4, 5, 6, 8, 11, 14])
    plans.push({ visitor: { device, ...(person === undefined ? {} : { person }) }, startMs, steps })
    left -= steps
  }
  return plans.sort((one, other) => one.startMs - other.startMs)
}

/** Draws the visits in time order, since whether a device still knows its visitor depends on the visits before. */
function drawVisits(random: Random, plans: readonly PlannedVisit[]): WebEvent[] {
  const signedInAs = new Map<string, InventedPerson>()
  return plans.flatMap(({ visitor, startMs, steps, purchase }) => {
    const { device, person } = visitor
    const remembered = person !== undefined && signedInAs.get(device.anonymousId) === person && random.chance(0.6)
    if (purchase === undefined) {
      const visit = drawVisit(random, visitor, startMs, remembered ? person.customerId : undefined)
      browse(random, visit, steps)
      if (person !== undefined && !remembered && random.chance(0.25)) {
        visit.wait(random.integer(5, 60))
        visit.identify(person, true)
        signedInAs.set(device.anonymousId, person)
      }
      return visit.events
    }
    // The order's time is known, so the way to it is drawn first and moved back.
    const rehearsal = drawVisit(random, visitor, 0, remembered ? person.customerId : undefined)
    fillCart(random, rehearsal, purchase.lines)
    if (person !== undefined && !remembered) {
      rehearsal.wait(random.integer(10, 90))
      rehearsal.identify(person, purchase.signedIn)
      if (purchase.signedIn) signedInAs.set(device.anonymousId, person)
    }
    rehearsal.wait(random.integer(10, 90))
    rehearsal.track('Order Completed', '/thanks', describeOrder(purchase))
    const shiftMs = purchase.atMs - (rehearsal.events.at(-1)?.atMs ?? 0)
    return rehearsal.events.map((event) => moveEvent(event, shiftMs))
  })
}

function moveEvent(event: WebEvent, shiftMs: number): WebEvent {
  const atMs = event.atMs + shiftMs
  return { ...event, atMs, message: { ...event.message, timestamp: new Date(atMs).toISOString() } }
}

function describeOrder({ orderName, lines, buyer }: Purchase): Record<string, unknown> {
  const cents = lines.reduce((sum, { product, quantity }) => sum + product.priceCents * quantity, 0)
  return {
    order_id: orderName,
    total: cents / 100,
    currency: buyer?.country.currency ?? 'EUR',
    products: lines.map(({ product, quantity }) => ({
      product_id: product.sku,
      price: product.priceCents / 100,
      quantity,
    })),
  }
}

/** For each anonymous id of the site, who ever said who they are on it. */
function findOwners(events: readonly WebEvent[]): ReadonlyMap<string, ReadonlySet<number>> {
  const owners = new Map<string, Set<number>>()
  for (const { message, person } of events) {
    if (message.anonymousId === undefined || message.context.traits !== undefined) continue
    const persons = owners.get(message.anonymousId) ?? new Set()
    owners.set(message.anonymousId, persons)
    if (person !== undefined && (message.type === 'identify' || message.userId !== undefined)) persons.add(person)
  }
  return owners
}

function isTied(message: WebEvent['message'], owners: ReadonlyMap<string, ReadonlySet<number>>): boolean {
  if (message.userId !== undefined || message.context.traits !== undefined) return true
  return (owners.get(message.anonymousId ?? '')?.size ?? 0) > 0
}
