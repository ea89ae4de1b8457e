import type { Country } from './country.ts'

/**
 * The country's `serial`-th invented phone number in E.164, counted from 0.
 * Different serials give different numbers until the country's ranges are used up (5,000 in Germany, the fewest of the five countries);
 * then they start again. Neighbouring serials look unrelated: 617 shares no factor with a power of ten.
 */
export function inventPhone(country: Country, serial: number): string {
  const { callingCode, ranges } = country.phones
  const range = ranges[serial % ranges.length]
  if (range === undefined) return ''
  const size = 10 ** range.digits
  const number = (Math.floor(serial / ranges.length) * 617 + 137) % size
  return `+${callingCode}${range.prefix}${String(number).padStart(range.digits, '0')}`
}
