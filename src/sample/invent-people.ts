import { COUNTRIES } from './countries.ts'
import type { Country } from './country.ts'
import { createRandom } from './create-random.ts'
import type { Random } from './create-random.ts'
import { inventEmail } from './invent-email.ts'
import { inventPhone } from './invent-phone.ts'
import type { Address, InventedPerson, Population } from './invented-person.ts'
import { EMPLOYERS, JOB_TITLES } from './occupations.ts'

type HouseholdKind = 'single' | 'couple' | 'family' | 'flatmates' | 'namesakes' | 'twins'

/** Who a member is before contacts are drawn. */
type Sketch = Pick<InventedPerson, 'sex' | 'given' | 'family' | 'birthDate'>

/** Of 20 households. The hard kinds are over-represented on purpose: they are what a merge gets wrong. */
const KINDS: readonly HouseholdKind[] = [
  ...Array<HouseholdKind>(9).fill('single'),
  ...Array<HouseholdKind>(4).fill('couple'),
  ...Array<HouseholdKind>(4).fill('family'),
  'flatmates',
  'namesakes',
  'twins',
]

/**
 * Invents `count` people in households: alone, couples, families of three to five, flatmates, father and son of one
 * name, twins. A household shares its address and its landline, relatives their surname, some one e-mail address.
 * The first two households are namesakes and twins, so that even a small sample has both.
 * E-mails and mobile numbers are unique, people of one full name are not. Ages at `asOf` are 16 to 88 years.
 */
export function inventPeople(seed: number, count: number, asOf: Date): Population {
  const random = createRandom(seed, 'people')
  const takenEmails = new Set<string>()
  const phonesGiven = new Map<Country, number>()
  const nextPhone = (country: Country): string => {
    const serial = phonesGiven.get(country) ?? 0
    phonesGiven.set(country, serial + 1)
    return inventPhone(country, serial)
  }
  const people: InventedPerson[] = []
  let households = 0
  let namesakePairs = 0
  let twinPairs = 0

  while (people.length < count) {
    households += 1
    const kind: HouseholdKind = households === 1 ? 'namesakes' : households === 2 ? 'twins' : random.pick(KINDS)
    const country = pickCountry(random)
    const sketches = inventMembers(random, kind, country, asOf.getUTCFullYear())
    if (people.length + sketches.length > count) sketches.length = count - people.length
    if (kind === 'namesakes' && sketches.length >= 2) namesakePairs += 1
    if (kind === 'twins' && sketches.length >= 2) twinPairs += 1

    const home = inventAddress(random, country)
    const formerHome = random.chance(0.15) ? inventAddress(random, country) : undefined
    const landline = random.chance(0.6) ? nextPhone(country) : undefined
    const sharesEmail = sketches.length > 1 && kind !== 'flatmates' && random.chance(0.25)
    const householdEmail = sharesEmail
      ? inventHouseholdEmail(random, sketches[0] as Sketch, country, takenEmails)
      : undefined

    for (const sketch of sketches) {
      const number = people.length + 1
      const employer = random.chance(0.35) ? random.pick(EMPLOYERS) : undefined
      const domains = [random.pick(country.mailDomains)]
      if (random.chance(0.35)) domains.push(employer?.domain ?? random.pick(country.mailDomains))
      const name = { given: sketch.given, family: sketch.family, birthYear: sketch.birthDate.year }
      people.push({
        ...sketch,
        number,
        household: households,
        country,
        emails: domains.map((domain) => inventEmail(random, name, domain, takenEmails)),
        home,
        // A bijection on 7 digits: 7919 shares no factor with 9,000,000.
        customerId: String(1_000_000 + ((number * 7919 + 424_242) % 9_000_000)),
        ...(householdEmail === undefined ? {} : { householdEmail }),
        ...(random.chance(0.9) ? { mobile: nextPhone(country) } : {}),
        ...(landline === undefined ? {} : { landline }),
        ...(formerHome === undefined ? {} : { formerHome }),
        ...(employer === undefined ? {} : { employer: employer.name, jobTitle: random.pick(JOB_TITLES) }),
        ...(sketch.sex === 'f' && random.chance(0.08) ? { birthFamily: random.pick(country.family) } : {}),
      })
    }
  }
  return { people, households, namesakePairs, twinPairs }
}

function inventMembers(random: Random, kind: HouseholdKind, country: Country, thisYear: number): Sketch[] {
  const family = random.pick(country.family)
  const adult = (sex: 'f' | 'm', surname: string, birthYear: number): Sketch => ({
    sex,
    given: random.pick(sex === 'f' ? country.female : country.male),
    family: surname,
    birthDate: inventDate(random, birthYear),
  })
  const parentYear = thisYear - random.integer(44, 66)
  const childYear = thisYear - random.integer(17, 22)
  switch (kind) {
    case 'single':
      return [adult(random.pick(['f', 'm']), family, thisYear - random.integer(20, 87))]
    case 'flatmates':
      return Array.from({ length: random.integer(2, 3) }, () =>
        adult(random.pick(['f', 'm']), random.pick(country.family), thisYear - random.integer(20, 32)),
      )
    case 'couple': {
      const birthYear = thisYear - random.integer(25, 80)
      return [adult('f', family, birthYear), adult('m', family, birthYear - random.integer(0, 6))]
    }
    case 'family': {
      const children = Array.from({ length: random.integer(1, 3) }, (_, rank) =>
        adult(random.pick(['f', 'm']), family, childYear - 2 * rank),
      )
      return distinctGivenNames([adult('f', family, parentYear), adult('m', family, parentYear - 2), ...children])
    }
    case 'namesakes': {
      const father = adult('m', family, parentYear)
      return [father, { ...father, birthDate: inventDate(random, childYear) }]
    }
    case 'twins': {
      const first = adult(random.pick(['f', 'm']), family, childYear)
      const names = (first.sex === 'f' ? country.female : country.male).filter((name) => name !== first.given)
      return [first, { ...first, given: random.pick(names) }, adult('f', family, parentYear)]
    }
  }
}

/** Brothers and sisters do not share a given name; the later of two is left out. */
function distinctGivenNames(sketches: readonly Sketch[]): Sketch[] {
  const seen = new Set<string>()
  return sketches.filter((sketch) => !seen.has(sketch.given) && seen.add(sketch.given))
}

function pickCountry(random: Random): Country {
  let left = random.fraction()
  for (const country of COUNTRIES) {
    left -= country.share
    if (left < 0) return country
  }
  return COUNTRIES[0] as Country
}

function inventDate(random: Random, year: number): InventedPerson['birthDate'] {
  return { year, month: random.integer(1, 12), day: random.integer(1, 28) }
}

function inventAddress(random: Random, country: Country): Address {
  const town = random.pick(country.towns)
  const postcode = [...town.postcode]
    .map((sign) =>
      sign === '#' ? random.integer(1, 9) : sign === '@' ? random.pick([...'ABDEFGHJLNPQRSTUWXYZ']) : sign,
    )
    .join('')
  return {
    street: random.pick(country.streets).replace('{n}', String(random.integer(1, 180))),
    city: town.name,
    postcode,
  }
}

function inventHouseholdEmail(random: Random, member: Sketch, country: Country, taken: Set<string>): string {
  const name = {
    given: random.pick(['family', 'home', 'the']),
    family: member.family,
    birthYear: member.birthDate.year,
  }
  return inventEmail(random, name, random.pick(country.mailDomains), taken)
}
