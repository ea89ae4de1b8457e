import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout } from 'node:timers/promises'
import { hashIdentifier } from '../src/pipeline/resolve/hash-identifier.ts'
import { createRandom } from '../src/sample/create-random.ts'
import { post } from './bench-http.ts'
import { openBenchApplication } from './open-bench-application.ts'
import { judgeTold, type Sent, type Told } from './judge-told.ts'
import { runOnefold } from './run-onefold.ts'
import { makeKey, startServer } from './start-server.ts'
import { summarizeTimes } from './summarize-times.ts'

const PEOPLE = 100_000
const EVENTS_PER_PERSON = 5
const EVENTS_PER_SECOND = 1_000
/** What libraries send at a time by default: that of RudderStack for Node. */
const EVENTS_PER_REQUEST = 20
const WARM_UP_SECONDS = 20
const SECONDS = 60
/** The events that are sent; of each some rules ask. */
const NAMES = Array.from({ length: 10 }, (_, n) => `Thing ${n} Done`)
/** Of this one the window is so short that people leave it during the bench. */
const SHORT_THING = 0
const SHORT_WINDOW_MS = 15_000

/**
 * Events over HTTP at a steady rate into `onefold up` with 100,000 people (`scale` 1) and 50 rules about events [F3]:
 * from sending one until the stream of changes tells that its person entered a segment, which is after tables and API
 * do; and from the instant at which time alone ends a membership until the stream tells so. Server, database and sender
 * share the cores. Counts people of whom something else was told than what was sent makes of them.
 */
export async function benchRealtime(scale: number): Promise<Record<string, unknown>> {
  const people = Math.round(PEOPLE * scale)
  const folder = mkdtempSync(join(tmpdir(), 'onefold-bench-'))
  chmodSync(folder, 0o755)
  try {
    const segments = declare(folder)
    writeFileSync(join(folder, 'before.jsonl'), writeBefore(people))
    await runOnefold(folder, ['migrate'])
    await runOnefold(folder, ['ingest', 'web', join(folder, 'before.jsonl'), '--json'])
    await runOnefold(folder, ['run', '--json'])
    const persons = await namePeople(folder, people)
    const key = await makeKey(folder, ['web'])
    const reader = await makeKey(folder, ['--reader', 'bench'])
    const server = await startServer(folder)
    try {
      const { address } = server
      const told: Told[] = []
      const stop = await followChanges(address, reader, told)
      const warm = await send(address, key, people, { seed: 1, seconds: WARM_UP_SECONDS })
      const { sent, times, seconds } = await send(address, key, people, { seed: 2, seconds: SECONDS })
      await setTimeout(SHORT_WINDOW_MS + 2_000)
      stop()
      const judged = judgeTold([...warm.sent, ...sent], told, persons, {
        ...{ since: sent[0]!.at, shortThing: SHORT_THING, shortMs: SHORT_WINDOW_MS },
      })
      return {
        ...{
          people,
          segments,
          eventsPerSecond: Math.round(sent.length / seconds),
          eventsPerRequest: EVENTS_PER_REQUEST,
        },
        accepted: summarizeTimes(times),
        entries: summarizeTimes(judged.entries),
        exits: summarizeTimes(judged.exits),
        wronglyTold: judged.wrong,
      }
    } finally {
      await server.stop()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Five rules for each thing that may be done; returns how many. */
function declare(folder: string): number {
  const segments = NAMES.flatMap((event, thing): [string, unknown][] => [
    [
      `did_${thing}`,
      { event, count: { at_least: 1 }, within: thing === SHORT_THING ? `${SHORT_WINDOW_MS / 1_000}s` : '1d' },
    ],
    [`often_${thing}`, { event, count: { above: 3 }, within: '1h' }],
    [`then_${thing}`, { sequence: [event, NAMES[(thing + 1) % NAMES.length]], within: '1h', lasts: '1d' }],
    [`hesitant_${thing}`, { event, not_followed_by: 'purchase', after: '2h', lasts: '7d' }],
    [
      `back_${thing}`,
      {
        all: [
          { event, count: { at_least: 2 }, within: '10m' },
          { feature: 'sessions', at_least: 2 },
        ],
      },
    ],
  ])
  const settings = {
    sources: { web: { kind: 'events', preset: 'segment-events', resolve: 'now' } },
    events: { declared: NAMES },
    segments: Object.fromEntries(
      segments.map(([id, rule]) => [id, { description: id, owner: 'bench', review: '2099-12-31', rule }]),
    ),
  }
  // JSON is YAML.
  writeFileSync(join(folder, 'onefold.config.yaml'), JSON.stringify(settings))
  return segments.length
}

/** What everybody did in the month before. */
function writeBefore(people: number): string {
  const random = createRandom(0, 'realtime')
  const lines = Array.from({ length: people * EVENTS_PER_PERSON }, (_, n) => {
    const at = new Date(Date.now() - 1 - random.integer(0, 30 * 86_400_000)).toISOString()
    const said = { type: 'track', event: 'Product Viewed', messageId: `before-${n}`, anonymousId: `v-${n % people}` }
    return JSON.stringify({ ...said, timestamp: at })
  })
  return `${lines.join('\n')}\n`
}

/** Whom the published ids are of. */
async function namePeople(folder: string, people: number): Promise<ReadonlyMap<string, number>> {
  const application = await openBenchApplication(folder)
  try {
    const { context } = application
    const visitors = Array.from({ length: people }, (_, person): [string, number] => [
      hashIdentifier(context, { kind: 'anonymous_id', value: `v-${person}` }),
      person,
    ])
    const personOf = new Map(visitors)
    const rows = await context.store.sql<{ hash: string; pseudonym: string }[]>`
      SELECT hash, pseudonym FROM onefold.identifiers JOIN onefold.profile_members USING (record_id)
      JOIN onefold.profiles USING (profile_id)`
    return new Map(
      rows.flatMap(({ hash, pseudonym }) => (personOf.has(hash) ? [[pseudonym, personOf.get(hash)!]] : [])),
    )
  } finally {
    await application.close()
  }
}

/** Keeps what the stream of changes tells of segments; resolves once it is open, to what ends it. */
async function followChanges(address: string, reader: string, told: Told[]): Promise<() => void> {
  const asked = request(`${address}/v1/changes?kinds=segment.entered,segment.left`, { auth: `${reader}:` }).end()
  const [answer] = (await once(asked, 'response')) as [NodeJS.ReadableStream]
  const lines = createInterface({ input: answer })
  let isOpen = (): void => {}
  const opened = new Promise<void>((resolve) => (isOpen = resolve))
  lines.on('line', (line) => {
    isOpen()
    if (!line.startsWith('data: ')) return
    const { type, data } = JSON.parse(line.slice(6)) as {
      type: string
      data: { profile_id: string; segment_id: string }
    }
    told.push({ kind: type, at: Date.now(), profileId: data.profile_id, segment: data.segment_id })
  })
  // It is ended from here.
  for (const end of [asked, answer, lines] as NodeJS.EventEmitter[]) end.on('error', () => {})
  await opened
  return () => asked.destroy()
}

/** Sends events of random people by the clock, however long answers take. */
async function send(
  address: string,
  key: string,
  people: number,
  load: { readonly seed: number; readonly seconds: number },
): Promise<{ sent: Sent[]; times: number[]; seconds: number }> {
  const random = createRandom(load.seed, 'realtime')
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  const sent: Sent[] = []
  const times: number[] = []
  const answers: Promise<void>[] = []
  const startedAt = performance.now()
  const requests = Math.round((load.seconds * EVENTS_PER_SECOND) / EVENTS_PER_REQUEST)
  for (let turn = 0; turn < requests; turn++) {
    const at = startedAt + (turn * EVENTS_PER_REQUEST * 1_000) / EVENTS_PER_SECOND
    if (at > performance.now()) await setTimeout(at - performance.now())
    const now = Date.now()
    const batch = Array.from({ length: EVENTS_PER_REQUEST }, (_, n) => {
      const [person, thing] = [random.integer(0, people - 1), random.integer(0, NAMES.length - 1)]
      sent.push({ at: now, person, thing })
      return {
        ...{ type: 'track', event: NAMES[thing], anonymousId: `v-${person}`, messageId: `${load.seed}-${turn}-${n}` },
        timestamp: new Date(now).toISOString(),
      }
    })
    const postedAt = performance.now()
    const answer = async (): Promise<void> => {
      const status = await post(agent, `${address}/v1/batch`, key, JSON.stringify({ batch }))
      if (status !== 202) throw new Error(`a request was answered ${status}`)
      times.push(performance.now() - postedAt)
    }
    answers.push(answer())
    // A failure is met at the end.
    answers.at(-1)!.catch(() => {})
  }
  await Promise.all(answers)
  agent.destroy()
  return { sent, times, seconds: (performance.now() - startedAt) / 1_000 }
}
