/** Some people by what the first of them are called: ids that follow nothing, a hash say, so that the first are any. */
export interface Crowd {
  readonly people: number
  /** The first of their ids by code units, all of them if there are not more. */
  readonly sample: readonly string[]
  /** What is known of all of them together, purchases say. */
  readonly facts: number
}

/**
 * So many of a crowd are remembered: of up to so many people it is exact, of more within some three hundredths of the crowd,
 * two standard errors (1,000 of which a tenth differ: √(0.1 · 0.9 / 1,000) is a hundredth of both crowds together).
 */
export const REMEMBERED = 1000

/** Remembers a crowd; `ids` are sorted by code units. */
export function sampleCrowd(ids: readonly string[], facts: number): Crowd {
  return { people: ids.length, sample: ids.slice(0, REMEMBERED), facts }
}

/**
 * How many came and went since, as a share of those who were there: 0 when they are the same, infinite when nobody was and
 * somebody is. Of the first of both together the share that is in either gives it (Broder 1997, "On the resemblance and
 * containment of documents").
 */
export function estimateTurnover(then: Crowd, now: Crowd): number {
  const [before, after] = [new Set(then.sample), new Set(now.sample)]
  const isWhole = then.people <= REMEMBERED && now.people <= REMEMBERED
  const both = [...new Set([...before, ...after])].sort().slice(0, isWhole ? undefined : REMEMBERED)
  if (both.length === 0) return 0
  const same = both.filter((id) => before.has(id) && after.has(id)).length
  // Their share J of both together makes |A ∪ B| (|A| + |B|) / (1 + J), and whoever is in one alone came or went.
  return ((both.length - same) * ((then.people + now.people) / (both.length + same))) / then.people
}
