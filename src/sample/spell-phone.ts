import type { Country } from './country.ts'
import type { Random } from './create-random.ts'

/**
 * An E.164 number of the country as a person would type it: international, with 00, national, grouped or not.
 * Every spelling is read back to the same number when the country is known.
 */
export function spellPhone(random: Random, phone: string, country: Country): string {
  const { callingCode, trunk } = country.phones
  const national = phone.slice(callingCode.length + 1)
  const separator = random.pick([' ', '-', '.'])
  if (country.code === 'US') {
    // North America dials 011 abroad, so nobody there writes 00.
    const local = `(${national.slice(0, 3)}) ${national.slice(3, 6)}-${national.slice(6)}`
    return random.pick([
      local,
      local,
      phone,
      national,
      `1${separator}${group(national, separator)}`,
      group(national, separator),
    ])
  }
  switch (random.integer(0, 4)) {
    case 0:
      return phone
    case 1:
      return `+${callingCode} ${group(national, ' ')}`
    case 2:
      return `00${callingCode}${national}`
    case 3:
      return trunk + group(national, separator)
    default:
      return trunk + national
  }
}

function group(national: string, separator: string): string {
  return [national.slice(0, 3), national.slice(3, 6), national.slice(6)].join(separator)
}
