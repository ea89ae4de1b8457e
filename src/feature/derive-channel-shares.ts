import { DAY_MS } from './count-utc-days.ts'
import type { Channel } from './channel.ts'
import type { FeatureRow } from './feature-row.ts'

/** How far back channels are looked at: three months. */
export const CHANNEL_MS = 90 * DAY_MS

/** On how many UTC days of the last `CHANNEL_MS` somebody did something in each channel, and when the first was, ms since 1970. */
export interface ChannelDays {
  readonly days: Readonly<Record<Channel, number>>
  readonly since: number
}

/**
 * The mix of channels [E4]: what share of somebody's days were days in a branch, or digital ones. Days are counted since one
 * visit of a branch outweighs no forty pages. A day in two channels is a day in each. Absent for who did nothing in any.
 */
export function deriveChannelShares(
  counted: ChannelDays | undefined,
): Pick<FeatureRow, 'branchShare90d' | 'digitalShare90d'> {
  if (counted === undefined) return {}
  const { digital, branch, phone } = counted.days
  const days = digital + branch + phone
  return days === 0 ? {} : { branchShare90d: branch / days, digitalShare90d: digital / days }
}
