export const DAY_MS = 86_400_000

/**
 * Whole days from one UTC date to another, whatever the hours: 0 on the same date, negative backwards.
 * This is the recency of the Online Retail and `rfm` package references (all 4,338 and 995 customers agree); elapsed
 * time rounded down would be a day less for nearly everybody when asked at midnight.
 */
export function countUtcDays(from: number, to: number): number {
  return Math.floor(to / DAY_MS) - Math.floor(from / DAY_MS)
}
