/** How near to the end of a window an event may come so that either can be told first: it is on its way, or the end is. */
const DOUBT_MS = 1_000

/** What was sent, and when; ms since 1970. */
export interface Sent {
  readonly at: number
  readonly person: number
  readonly thing: number
}

/** A membership that began or ended, as the stream of changes told. */
export interface Told {
  readonly kind: string
  readonly at: number
  readonly profileId: string
  readonly segment: string
}

/** Memberships of `did_N` that were told late, wrongly or not at all are counted; of those told, how late each was, ms. */
export interface Judged {
  readonly entries: readonly number[]
  readonly exits: readonly number[]
  /** People of whom something else was told than was due. */
  readonly wrong: number
}

interface Window {
  /** What was due before is not measured. */
  readonly since: number
  /** The thing whose membership ends so long after it was done; that of all others lasts. */
  readonly shortThing: number
  readonly shortMs: number
}

/**
 * Holds what the stream told of the segments `did_N` (did N within the window) against what was sent: each entry against
 * the event that made it, each exit against the instant at which the window of the last event was over.
 */
export function judgeTold(
  sent: readonly Sent[],
  told: readonly Told[],
  persons: ReadonlyMap<string, number>,
  { since, shortThing, shortMs }: Window,
): Judged {
  const toldOf = groupBy(
    told.filter(({ segment }) => segment.startsWith('did_')),
    ({ profileId, segment }) => `${persons.get(profileId)} ${segment}`,
  )
  const entries: number[] = []
  const exits: number[] = []
  let wrong = 0
  for (const [name, events] of groupBy(sent, ({ person, thing }) => `${person} did_${thing}`)) {
    const windowMs = events[0]!.thing === shortThing ? shortMs : Infinity
    const changes = toldOf.get(name) ?? []
    toldOf.delete(name)
    const away = events.map(({ at }, n) => (events[n + 1]?.at ?? Infinity) - at - windowMs)
    // Who comes back as it ends may be said to have stayed, or to have left and come back.
    if (away.some((ms) => Math.abs(ms) < DOUBT_MS)) continue
    const due = events.flatMap(({ at }, n) => [
      // An event within the window of the one before leaves its person in.
      ...(n === 0 || away[n - 1]! > 0 ? [{ kind: 'segment.entered', at }] : []),
      ...(away[n]! > 0 ? [{ kind: 'segment.left', at: at + windowMs }] : []),
    ])
    if (due.length !== changes.length || due.some(({ kind }, n) => kind !== changes[n]!.kind)) wrong++
    else
      for (const [n, { kind, at }] of due.entries())
        if (at >= since) (kind === 'segment.left' ? exits : entries).push(changes[n]!.at - at)
  }
  return { entries, exits, wrong: wrong + toldOf.size }
}

function groupBy<T>(items: readonly T[], nameOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const name = nameOf(item)
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [item])
    else group.push(item)
  }
  return groups
}
