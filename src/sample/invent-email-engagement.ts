import { createRandom } from './create-random.ts'
import type { Random } from './create-random.ts'
import type { EventName } from './event-taxonomy.ts'
import { inventUuid } from './invent-uuid.ts'
import type { InventedPerson } from './invented-person.ts'
import type { SegmentCounts } from './sample-file.ts'
import type { WebEvent } from './web-event.ts'

const WEEK_MS = 7 * 86_400_000

/** How a subscriber reads: shares of the sends, 0 to 1, well away from the tiers' edges 30/75 and 10/50 %. */
const READERS = [
  { opens: 0.93, clicks: 0.7 },
  { opens: 0.93, clicks: 0.7 },
  { opens: 0.55, clicks: 0.3 },
  { opens: 0.55, clicks: 0.3 },
  { opens: 0.55, clicks: 0.3 },
  { opens: 0.12, clicks: 0 },
  { opens: 0.12, clicks: 0 },
  // Opens everything and clicks nothing: the lower tier wins.
  { opens: 0.93, clicks: 0 },
] as const

type Tiers = Pick<SegmentCounts, 'highlyEngaged' | 'moderatelyEngaged' | 'disengaged'>

/**
 * The newsletter's deliveries, opens and clicks: a third of the people, 10 to 14 weekly e-mails each, the last one
 * two days or more before `asOf`. An e-mail is opened and clicked at most once, and never clicked unopened, so that
 * rates mean the same to everybody. People with an account are named by user id, the others by `context.traits.email`
 * beside the mailing tool's own anonymous id. Returns how many people each engagement tier holds.
 */
export function inventEmailEngagement(
  seed: number,
  people: readonly InventedPerson[],
  accounts: ReadonlySet<number>,
  asOf: Date,
): { events: readonly WebEvent[]; tiers: Tiers } {
  const random = createRandom(seed, 'email')
  const events: WebEvent[] = []
  const tiers = { highlyEngaged: 0, moderatelyEngaged: 0, disengaged: 0 }
  const subscribers = random.shuffle(people).slice(0, Math.round(people.length / 3))
  subscribers.forEach((person, rank) => {
    const reader = READERS[rank % READERS.length] ?? READERS[0]
    const sends = random.integer(10, 14)
    const opened = Math.round(sends * reader.opens)
    const clicked = Math.round(sends * reader.clicks)
    if (opened < 0.3 * sends || clicked < 0.1 * sends) tiers.disengaged += 1
    else if (opened > 0.75 * sends && clicked > 0.5 * sends) tiers.highlyEngaged += 1
    else tiers.moderatelyEngaged += 1

    const subscriberId = inventUuid(random)
    const tell = (event: EventName, atMs: number, mailing: number): void => {
      events.push(
        tellEmailEvent(random, { person, subscriberId, hasAccount: accounts.has(person.number) }, event, atMs, mailing),
      )
    }
    for (const [nth, mailing] of random.shuffle(Array.from({ length: sends }, (_, week) => week)).entries()) {
      const deliveredMs = Math.round(asOf.getTime() - (mailing + 0.3 + random.fraction() * 0.2) * WEEK_MS)
      const openedMs = deliveredMs + Math.round(random.fraction() * 0.05 * WEEK_MS)
      tell('Email Delivered', deliveredMs, mailing)
      if (nth < opened) tell('Email Opened', openedMs, mailing)
      if (nth < clicked) tell('Email Link Clicked', openedMs + random.integer(3, 300) * 1000, mailing)
    }
  })
  return { events, tiers }
}

function tellEmailEvent(
  random: Random,
  reader: { person: InventedPerson; subscriberId: string; hasAccount: boolean },
  event: EventName,
  atMs: number,
  mailing: number,
): WebEvent {
  const { person, subscriberId, hasAccount } = reader
  return {
    atMs,
    person: person.number,
    message: {
      type: 'track',
      messageId: inventUuid(random),
      ...(hasAccount ? { userId: person.customerId } : { anonymousId: subscriberId }),
      event,
      timestamp: new Date(atMs).toISOString(),
      context: hasAccount ? {} : { traits: { email: person.emails[0] ?? '' } },
      properties: { email_id: `weekly-${String(mailing).padStart(2, '0')}`, email_subject: 'News from the workshop' },
    },
  }
}
