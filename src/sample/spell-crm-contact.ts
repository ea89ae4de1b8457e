import type { Random } from './create-random.ts'
import type { CrmContact } from './crm-contact.ts'
import { foldToAscii } from './fold-to-ascii.ts'
import type { InventedPerson } from './invented-person.ts'
import { misspell } from './misspell.ts'
import { spellPhone } from './spell-phone.ts'

/** What a CRM says about a person, without the columns the CRM fills by itself. */
type Spelling = Omit<CrmContact, 'Record ID' | 'Create Date' | 'Last Modified Date'>

/**
 * How a clerk or a form wrote the person down. A `first` contact is mostly right; an `again` contact is the second
 * entry of somebody who is there already: one fault in the name and one in the contacts or the address.
 * Of e-mail, phone and birth date at least one stays true, so that a careful reader could tell who it is.
 */
export function spellCrmContact(random: Random, person: InventedPerson, entry: 'first' | 'again'): Spelling {
  const again = entry === 'again'
  const { country } = person
  const home = again && person.formerHome !== undefined && random.chance(0.4) ? person.formerHome : person.home
  const phone = again && random.chance(0.35) ? (person.landline ?? person.mobile) : (person.mobile ?? person.landline)
  const keepsBirthDate = random.chance(again ? 0.65 : 0.8)
  const keepsPhone = phone !== undefined && random.chance(again ? 0.7 : 0.85)
  const keepsEmail = !keepsBirthDate && !keepsPhone ? true : random.chance(again ? 0.75 : 0.92)
  return {
    ...spellName(random, person, again),
    Email: keepsEmail ? spellEmail(random, person, again && (keepsPhone || keepsBirthDate)) : '',
    'Phone Number': keepsPhone ? spellPhone(random, phone, country) : '',
    'Street Address': random.chance(again ? 0.7 : 0.9) ? spellStreet(random, home.street, person, again) : '',
    City: random.chance(0.92) ? (again && random.chance(0.1) ? misspell(random, home.city) : home.city) : '',
    'Postal Code': random.chance(0.9) ? home.postcode : '',
    'Country/Region': random.chance(0.7) ? (country.spellings[0] ?? '') : random.pick(country.spellings),
    // A slipped birth date is only safe beside an e-mail or a number that still tells who it is.
    'Date of birth': keepsBirthDate ? spellBirthDate(random, person, again && keepsPhone && random.chance(0.12)) : '',
    'Job Title': person.jobTitle ?? '',
    'Company Name': random.chance(0.85) ? (person.employer ?? '') : '',
  }
}

function spellName(random: Random, person: InventedPerson, again: boolean): Pick<Spelling, 'First Name' | 'Last Name'> {
  const name = (first: string, last: string) => ({ 'First Name': first, 'Last Name': last })
  const { given, family, birthFamily, country } = person
  if (!again) {
    if (random.chance(0.04)) return name(given.toUpperCase(), family.toUpperCase())
    if (random.chance(0.04)) return name(` ${given}`, `${family}  `)
    if (random.chance(0.03)) return name(`${person.sex === 'f' ? 'Mrs.' : 'Mr.'} ${given}`, family)
    return name(given, family)
  }
  if (birthFamily !== undefined && random.chance(0.5)) return name(given, birthFamily)
  switch (random.integer(0, 8)) {
    case 0:
      return name(misspell(random, given), family)
    case 1:
    case 2:
      return name(given, misspell(random, family))
    case 3:
    case 4:
      return name(country.nicknames[given] ?? given, family)
    case 5:
      return name(family, given)
    case 6:
      return name(foldToAscii(given), foldToAscii(family))
    case 7:
      return name(`${given.charAt(0)}.`, family)
    default:
      return name(given.toLowerCase(), family.toLowerCase())
  }
}

function spellEmail(random: Random, person: InventedPerson, mayDiffer: boolean): string {
  const [main = '', other] = person.emails
  if (mayDiffer && random.chance(0.45)) return other ?? person.householdEmail ?? main
  if (mayDiffer && random.chance(0.1)) return misspell(random, main)
  if (random.chance(0.05)) return main.toUpperCase()
  return random.chance(0.02) ? ` ${main}` : main
}

function spellStreet(random: Random, street: string, person: InventedPerson, again: boolean): string {
  if (!again || random.chance(0.5)) return street
  const known = person.country.abbreviations.filter(([long]) => street.includes(long))
  if (known.length === 0) return street
  const [long, short] = random.pick(known)
  return street.replace(long, short)
}

/** ISO mostly, sometimes the order of the person's country; a slip exchanges day and month or misses the year by one. */
function spellBirthDate(random: Random, person: InventedPerson, slips: boolean): string {
  let { year, month, day } = person.birthDate
  if (slips && day <= 12) [month, day] = [day, month]
  else if (slips) year += 1
  const twoDigits = (number: number): string => String(number).padStart(2, '0')
  if (random.chance(0.85)) return `${year}-${twoDigits(month)}-${twoDigits(day)}`
  const separator = person.country.code === 'DE' ? '.' : '/'
  const parts = person.country.code === 'US' ? [month, day] : [day, month]
  return [...parts.map(twoDigits), String(year)].join(separator)
}
