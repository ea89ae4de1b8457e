import { createRandom } from './create-random.ts'
import type { Random } from './create-random.ts'
import type { InventedPerson } from './invented-person.ts'
import { misspell } from './misspell.ts'
import type { SampleFile, SupportCounts, TruthRow } from './sample-file.ts'
import { spellPhone } from './spell-phone.ts'

const DAY_MS = 86_400_000

/** A published test card and a published sample account, which no bank has given to anybody. */
const TEST_CARD = '4111 1111 1111 1111'
const SAMPLE_IBAN = 'DE89 3704 0044 0532 0130 00'

interface Plea {
  readonly subject: string
  readonly text: string
  readonly personal: boolean
}

/**
 * Support tickets as JSON Lines with Zendesk's words, one for seven people. Two in three descriptions carry personal
 * data in free text, as people write it: names, addresses, numbers, birth dates, card and account numbers.
 * The truth's key is the ticket id. The requester's name is the display name of a mailbox: short, or missing.
 */
export function inventTickets(
  seed: number,
  people: readonly InventedPerson[],
  asOf: Date,
): { file: SampleFile; truth: readonly TruthRow[]; counts: SupportCounts } {
  const random = createRandom(seed, 'support')
  const truth: TruthRow[] = []
  let withPersonalData = 0
  const lines = Array.from({ length: Math.round(people.length * 0.15) }, (_, rank) => {
    const person = random.pick(people)
    const plea = plead(random, person)
    const ticketId = 35_001 + rank
    truth.push({ source: 'support-tickets', key: String(ticketId), person: person.number })
    if (plea.personal) withPersonalData += 1
    const phone = person.mobile ?? person.landline
    return JSON.stringify({
      ticket_id: ticketId,
      requester_name: requesterName(random, person),
      requester_email: random.chance(0.75) ? person.emails[0] : random.pick(person.emails),
      requester_phone: phone !== undefined && random.chance(0.35) ? spellPhone(random, phone, person.country) : null,
      subject: plea.subject,
      description: plea.text,
      status: random.pick(['new', 'open', 'pending', 'solved', 'closed', 'closed']),
      created_at: new Date(asOf.getTime() - Math.floor((0.2 + random.fraction() * 300) * DAY_MS)).toISOString(),
    })
  })
  return {
    file: { name: 'support-tickets.jsonl', content: Buffer.from(`${lines.join('\n')}\n`) },
    truth,
    counts: { tickets: lines.length, withPersonalData },
  }
}

function requesterName(random: Random, { given, family, country }: InventedPerson): string | null {
  const last = random.chance(0.05) ? misspell(random, family) : family
  return random.pick([
    `${given} ${last}`,
    `${given} ${last}`,
    `${country.nicknames[given] ?? given} ${last}`,
    `${last}, ${given}`,
    given,
    null,
  ])
}

function plead(random: Random, person: InventedPerson): Plea {
  const { given, family, home, formerHome, birthDate, emails, mobile, landline, country } = person
  const phone = mobile ?? landline
  const number = phone === undefined ? emails[0] : spellPhone(random, phone, country)
  return random.pick<Plea>([
    {
      subject: 'Where is my parcel?',
      text: 'Hello, my order has not arrived yet. When will it come?',
      personal: false,
    },
    { subject: 'Broken lid', text: 'The lid of the kettle was cracked. Can I have a new one?', personal: false },
    { subject: 'Thank you', text: 'Just to say that the stool is lovely. 😊', personal: false },
    {
      subject: 'Change of address',
      text: `Hi,\nI moved from ${formerHome?.street ?? 'my old place'} to ${home.street}, ${home.postcode} ${home.city}.\nPlease update it.\n${given} ${family}`,
      personal: true,
    },
    { subject: 'Please call me', text: `Nobody answers. Ring me on ${number}, after six. ${given}`, personal: true },
    {
      subject: 'Invoice',
      text: `Please send the invoice to ${emails.at(-1)} instead, that is my "work" address.`,
      personal: true,
    },
    {
      subject: 'Paid twice',
      text: `My card ${TEST_CARD} was charged twice. Refund it to ${SAMPLE_IBAN}, account holder ${given} ${family}.`,
      personal: true,
    },
    {
      subject: 'Cannot sign in',
      text: `I forgot my password. My e-mail is ${emails[0]} and I was born on ${birthDate.day}.${birthDate.month}.${birthDate.year}.`,
      personal: true,
    },
    {
      subject: 'Gift for my neighbour',
      text: `Can you deliver it to Mrs ${random.pick(country.family)} next door, also in ${home.street}? My number is ${number}.`,
      personal: true,
    },
  ])
}
