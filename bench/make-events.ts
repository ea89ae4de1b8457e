/**
 * Writes a log of invented web events as JSON Lines in the shape of the Segment specification:
 *
 *     node dist/bench/make-events.js --events 5000000 --people 200000 --seed 1 --out events.jsonl
 *
 * Each event has type, messageId, anonymousId, sometimes userId, timestamp, context.page.url and, for `track`, event.
 * A fixed crowd of visitors is on the site at any time; visits take 8 events on average, 3 minutes apart on average,
 * and start over with somebody else. The log covers the 60 days before 2026-06-30T12:00:00Z, nearly in time order.
 * One person in three signs in, on two visits in three; one message in a hundred is delivered twice.
 * Memory is bounded by the crowd, which has at most 20,000 visitors. The same options give the same bytes.
 */
import { closeSync, openSync, writeSync } from 'node:fs'
import { parseArgs } from 'node:util'

import { createRandom } from '../src/sample/create-random.ts'
import type { Random } from '../src/sample/create-random.ts'

/** Characters gathered before a write: large enough that the system call costs nothing. */
const CHUNK_LENGTH = 1 << 18

const END_MS = Date.UTC(2026, 5, 30, 12)
const SPAN_MS = 60 * 86_400_000

/** Mean time between two events of a visit. */
const GAP_MS = 180_000
const MOST_VISITORS = 20_000

/** Chance that an event is the last of its visit: visits take 1 / 0.125 events on average. */
const LEAVE_CHANCE = 0.125

/** A message is delivered again while this many later ones arrive. */
const RECENT_LINES = 64
const REPEAT_CHANCE = 0.01

// prettier-ignore
const EVENT_NAMES = [
  'Product Viewed', 'Product Viewed', 'Product Viewed', 'Product Viewed', 'Product Added', 'Search', 'Cart Viewed',
  'Product List Filtered', 'Checkout Started', 'Order Completed',
] as const

/** The fixed part of a line of somebody's visit. */
interface Visit {
  readonly anonymousId: string
  /** With its comma, or empty for a visit without sign-in. */
  readonly user: string
}

main()

function main(): void {
  const { values } = parseArgs({
    options: {
      events: { type: 'string' },
      people: { type: 'string' },
      seed: { type: 'string', default: '1' },
      out: { type: 'string' },
    },
  })
  const events = Number(values.events)
  const people = Number(values.people)
  const seed = Number(values.seed)
  const whole = Number.isSafeInteger(events) && Number.isSafeInteger(people) && Number.isSafeInteger(seed)
  if (!whole || events < 1 || people < 1 || values.out === undefined) {
    process.stderr.write('usage: make-events --events N --people P [--seed S] --out FILE.jsonl\n')
    process.exitCode = 2
    return
  }
  writeEvents(events, people, seed, values.out)
}

/** Writes exactly `events` lines; repeated deliveries are among them. */
function writeEvents(events: number, people: number, seed: number, path: string): void {
  const random = createRandom(seed, 'events')
  const crowd = Math.min(people, MOST_VISITORS, Math.max(1, Math.round((events * GAP_MS) / SPAN_MS)))
  const visits = Array.from({ length: crowd }, () => startVisit(random, people))
  const recent: string[] = []
  const file = openSync(path, 'w')
  let chunk = ''
  for (let written = 0; written < events; written += 1) {
    let line: string
    if (recent.length > 0 && random.fraction() < REPEAT_CHANCE) {
      line = random.pick(recent)
    } else {
      const place = random.integer(0, crowd - 1)
      const atMs = END_MS - SPAN_MS + Math.floor((written / events) * SPAN_MS) - random.integer(0, 20_000)
      line = tellEvent(random, visits[place] as Visit, written, atMs)
      recent[written % RECENT_LINES] = line
      if (random.fraction() < LEAVE_CHANCE) visits[place] = startVisit(random, people)
    }
    chunk += line
    if (chunk.length >= CHUNK_LENGTH) {
      writeSync(file, chunk)
      chunk = ''
    }
  }
  writeSync(file, chunk)
  closeSync(file)
}

/** A person with one of two devices; the device's id is a function of both. */
function startVisit(random: Random, people: number): Visit {
  const person = random.integer(1, people)
  const device = random.fraction() < 0.75 ? 1 : 2
  const signsIn = person % 3 === 0 && random.fraction() < 0.67
  return { anonymousId: `a${person.toString(36)}-${device}`, user: signsIn ? `"userId":"u${person}",` : '' }
}

function tellEvent(random: Random, visit: Visit, serial: number, atMs: number): string {
  const product = random.integer(1, 500)
  const roll = random.fraction()
  const path = roll < 0.35 ? '/' : roll < 0.5 ? `/c/${product % 20}` : `/p/${product}`
  const kind =
    roll < 0.5
      ? `"type":"page","properties":{"path":"${path}"}`
      : `"type":"track","event":"${random.pick(EVENT_NAMES)}","properties":{"product_id":"${product}","price":${5 + (product % 90)}}`
  const who = `"messageId":"m${serial.toString(36)}","anonymousId":"${visit.anonymousId}",${visit.user}`
  const page = `"context":{"page":{"url":"https://shop.onefold.example${path}","path":"${path}"}}`
  return `{${kind},${who}"timestamp":"${new Date(atMs).toISOString()}",${page}}\n`
}
