/**
 * What is known of how one person behaves, as numbers. Absent means unknown or undefined, never zero:
 * nobody is 0 days away from a purchase they never made. Times are ms since 1970; money is in one currency.
 */
export interface FeatureRow {
  readonly profileId: string
  /** Distinct orders. */
  readonly purchases: number
  /** Net of returns. */
  readonly totalSpent: number
  /** `totalSpent` per purchase, rounded to two decimals. */
  readonly averageOrderValue?: number
  readonly firstPurchaseAt?: number
  readonly lastPurchaseAt?: number
  /** Whole days between the UTC dates of the last purchase and of the day asked about. */
  readonly recencyDays?: number
  /** Purchases of the last 30 days, to the millisecond, both ends included. */
  readonly purchases30d: number
  readonly sessions: number
  readonly sessions30d: number
  /** The last purchase or end of a session. */
  readonly lastActiveAt?: number
  /** Whole days between UTC dates, as for `recencyDays`. */
  readonly daysSinceLastActive?: number
  readonly averageSessionSeconds?: number
  /** Share of sessions that bounced, 0 to 1. */
  readonly bounceRate?: number
  readonly pageViews: number
  /** Messages sent; of those, opened and clicked (each message once). */
  readonly sends: number
  readonly opens: number
  readonly clicks: number
  /** 1 to 5, 5 the most recent, frequent, valuable. Absent for people who never bought. */
  readonly r?: number
  readonly f?: number
  readonly m?: number
  /** 100 r + 10 f + m: 111 to 555. */
  readonly rfmScore?: number
  /** Share of buyers strictly less recent, frequent, valuable: 0 up to but not including 1. */
  readonly recencyPercentile?: number
  readonly frequencyPercentile?: number
  readonly monetaryPercentile?: number
  /** Distance from the mean in standard deviations; a positive recency is longer ago. */
  readonly recencyZ?: number
  readonly frequencyZ?: number
  readonly monetaryZ?: number
}
