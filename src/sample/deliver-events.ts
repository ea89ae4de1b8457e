import type { Random } from './create-random.ts'
import { UNKNOWN_EVENT_NAMES } from './event-taxonomy.ts'
import type { WebCounts } from './sample-file.ts'
import type { WebEvent } from './web-event.ts'

const MINUTE_MS = 60_000

type DeliveryCounts = Pick<
  WebCounts,
  'lines' | 'events' | 'repeats' | 'malformed' | 'notObjects' | 'unknownKinds' | 'late'
>

/**
 * Writes events down in the order in which they arrive, with the faults that collectors have: 3 % arrive up to three
 * days late, 2 % arrive twice, 1 in 1,000 has a kind nobody declared, and some lines are no JSON or no object.
 * Returned are the lines without their ends, and the events in order of arrival as the lines tell them.
 */
export function deliverEvents(
  random: Random,
  events: readonly WebEvent[],
): { lines: readonly string[]; events: readonly WebEvent[]; counts: DeliveryCounts } {
  const few = (perEvents: number): number => Math.max(2, Math.round(events.length / perEvents))
  const unknown = new Set(random.shuffle(plainPages(events)).slice(0, few(1000)))
  const told = events.map((event) => (unknown.has(event) ? mistell(random, event) : event))
  const arrivals = told
    .map((event) => ({ event, arrivalMs: event.atMs + pickDelayMs(random) }))
    .sort((left, right) => left.arrivalMs - right.arrivalMs)
  const repeated = random.shuffle(arrivals).slice(0, few(50))
  const deliveries = [
    ...arrivals.map(({ event, arrivalMs }) => ({ line: JSON.stringify(event.message), arrivalMs })),
    ...repeated.map(({ event, arrivalMs }) => ({
      line: JSON.stringify(event.message),
      arrivalMs: arrivalMs + random.integer(1, 600) * 1000,
    })),
  ].sort((left, right) => left.arrivalMs - right.arrivalMs)
  const lines = deliveries.map(({ line }) => line)

  const malformed = Array.from({ length: few(1500) }, () => breakLine(random, random.pick(lines)))
  const notObjects = Array.from({ length: few(5000) }, () => random.pick(['[]', '"ping"', '42', 'null']))
  for (const line of [...malformed, ...notObjects]) lines.splice(random.integer(0, lines.length), 0, line)
  const counts: DeliveryCounts = {
    lines: lines.length,
    events: events.length,
    repeats: repeated.length,
    malformed: malformed.length,
    notObjects: notObjects.length,
    unknownKinds: unknown.size,
    late: countLate(arrivals.map(({ event }) => event)),
  }
  return { lines, events: arrivals.map(({ event }) => event), counts }
}

/** Only page views lose their kind, so that no segment of the sample rests on a mistold event. */
function plainPages(events: readonly WebEvent[]): WebEvent[] {
  return events.filter(({ message }) => message.type === 'page')
}

function mistell(random: Random, event: WebEvent): WebEvent {
  const { name: _, ...message } = event.message
  if (random.chance(0.5)) return { ...event, message: { ...message, type: random.pick(['heartbeat', 'metric']) } }
  return { ...event, message: { ...message, type: 'track', event: random.pick(UNKNOWN_EVENT_NAMES) } }
}

function pickDelayMs(random: Random): number {
  if (random.chance(0.97)) return random.integer(0, 4000)
  return random.chance(0.7) ? random.integer(5, 180) * MINUTE_MS : random.integer(180, 4320) * MINUTE_MS
}

/** A line as a cut connection, a proxy or a hand-written client leaves it; never JSON. */
function breakLine(random: Random, line: string): string {
  switch (random.integer(0, 2)) {
    case 0:
      return line.slice(0, random.integer(20, line.length - 2))
    case 1:
      return `${line.slice(0, -1)},}`
    default:
      return 'upstream connect error or disconnect/reset before headers'
  }
}

function countLate(arrived: readonly WebEvent[]): number {
  let latestMs = Number.NEGATIVE_INFINITY
  let late = 0
  for (const { atMs } of arrived) {
    if (atMs < latestMs) late += 1
    latestMs = Math.max(latestMs, atMs)
  }
  return late
}
