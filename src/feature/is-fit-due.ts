import { type Crowd, estimateTurnover } from './estimate-turnover.ts'

/** Beyond this share of people who came or went, or of facts, what was learnt is of something else, which should not be scored by it. */
const MOST_TURNOVER = 0.1

/** Something that was learnt from people, and is gone by for a while. */
export interface Fit<Fitted> extends Crowd {
  readonly asOf: Date
  readonly fitted: Fitted
}

/**
 * Whether something is to be learnt anew [F6]: it is `everyMs` old at an instant (0: always), it is of a time after that, or
 * more than a tenth of whom it was learnt from came or went, or of what was known of them; without a crowd by time alone.
 */
export function isFitDue({ asOf, ...then }: Fit<unknown>, now: Date, everyMs: number, crowd?: Crowd): boolean {
  const age = now.getTime() - asOf.getTime()
  if (age < 0 || age >= everyMs) return true
  if (crowd === undefined) return false
  const isMuchNew = Math.abs(crowd.facts - then.facts) > MOST_TURNOVER * then.facts
  return isMuchNew || estimateTurnover(then, crowd) > MOST_TURNOVER
}
