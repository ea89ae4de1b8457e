/** Derives how many days a month (1 to 12) of a year has, in the Gregorian calendar throughout as ISO 8601 has it. */
export function deriveMonthLength(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}
