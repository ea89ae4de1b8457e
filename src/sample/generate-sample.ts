import { OnefoldError } from '../errors.ts'
import { formatCsvRow } from './format-csv-row.ts'
import { inventAppend } from './invent-append.ts'
import { inventCrmContacts } from './invent-crm-contacts.ts'
import { inventPeople } from './invent-people.ts'
import { inventShopOrders } from './invent-shop-orders.ts'
import { inventTickets } from './invent-tickets.ts'
import { inventWebEvents } from './invent-web-events.ts'
import { planPurchases } from './plan-purchases.ts'
import type { Purchase } from './purchase.ts'
import type { SampleCounts, SampleFile, SampleOptions, SegmentCounts, TruthRow } from './sample-file.ts'

const DAY_MS = 86_400_000
const DEFAULT_PEOPLE = 800
const FEWEST_PEOPLE = 40
/** Beyond this the German numbers for fiction would be given out twice. */
const MOST_PEOPLE = 10_000

/** Fixed, so that the sample of a seed is the same next year. */
const DEFAULT_AS_OF = '2026-06-30T12:00:00.000Z'

export interface Sample {
  /** Five sources, then `truth.csv`. */
  readonly files: readonly SampleFile[]
  /** Who is described where; `truth.csv` as values. */
  readonly truth: readonly TruthRow[]
  readonly expected: SampleCounts
  readonly asOf: Date
}

/**
 * Invents people and the dirty traces they leave in a CRM, a shop, a web site, a vendor's list and a help desk.
 * Pure: the same options give the same bytes on every machine; a change in one source never moves another's draws.
 * 800 people leave about 2,100 records that describe a person and 20,000 events. Every line parses strictly except
 * `expected.crm.ragged + expected.web.malformed` of them.
 * Throws `sample.people` when the number of people is not a whole number from 40 to 10,000.
 */
export function generateSample({
  seed,
  people: count = DEFAULT_PEOPLE,
  asOf = new Date(DEFAULT_AS_OF),
}: SampleOptions): Sample {
  if (!Number.isInteger(count) || count < FEWEST_PEOPLE || count > MOST_PEOPLE) {
    throw new OnefoldError('settings', 'sample.people', `A sample has ${FEWEST_PEOPLE} to ${MOST_PEOPLE} people`, {
      details: { people: count },
      hint: 'Choose a whole number of people within the range.',
    })
  }
  const { people, ...population } = inventPeople(seed, count, asOf)
  const purchases = planPurchases(seed, people, asOf)
  const buyers = new Set(purchases.flatMap(({ buyer }) => (buyer === undefined ? [] : [buyer.number])))
  const crm = inventCrmContacts(seed, people, buyers, asOf)
  const shop = inventShopOrders(seed, purchases)
  const web = inventWebEvents(seed, people, purchases, asOf)
  const append = inventAppend(seed, people)
  const support = inventTickets(seed, people, asOf)
  const sources = [crm, shop, web, append, support]
  const truth = sources.flatMap((source) => source.truth)
  return {
    files: [...sources.map(({ file }) => file), { name: 'truth.csv', content: formatTruth(truth) }],
    truth,
    expected: {
      people: people.length,
      ...population,
      crm: crm.counts,
      shop: shop.counts,
      web: web.counts,
      append: append.counts,
      support: support.counts,
      segments: { ...countBuyers(purchases, asOf), ...web.segments },
      truthRows: truth.length,
    },
    asOf,
  }
}

function formatTruth(truth: readonly TruthRow[]): Buffer {
  const rows = truth.map(({ source, key, person }) => formatCsvRow([source, key, String(person)], ','))
  return Buffer.from(`source,record_key,person\n${rows.join('\n')}\n`)
}

function countBuyers(
  purchases: readonly Purchase[],
  asOf: Date,
): Pick<SegmentCounts, 'recentBuyers' | 'highFrequency' | 'lapsedLoyal'> {
  const agesByBuyer = new Map<number, number[]>()
  for (const { buyer, atMs, status } of purchases) {
    if (buyer === undefined || status === 'refunded' || status === 'voided') continue
    const ages = agesByBuyer.get(buyer.number) ?? []
    ages.push((asOf.getTime() - atMs) / DAY_MS)
    agesByBuyer.set(buyer.number, ages)
  }
  const within = (ages: readonly number[], days: number): number => ages.filter((age) => age <= days).length
  const buyers = [...agesByBuyer.values()]
  return {
    recentBuyers: buyers.filter((ages) => within(ages, 7) > 0).length,
    highFrequency: buyers.filter((ages) => within(ages, 30) > 3).length,
    lapsedLoyal: buyers.filter((ages) => ages.length > 3 && within(ages, 180) === 0).length,
  }
}
