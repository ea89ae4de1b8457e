import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRandom } from '../src/sample/create-random.ts'
import { openBenchApplication } from './open-bench-application.ts'
import { runOnefold } from './run-onefold.ts'
import { makeKey, startServer } from './start-server.ts'
import { summarizeTimes } from './summarize-times.ts'

const PEOPLE = 1_000_000
const EVENTS_PER_PERSON = 3
const NAMES = ['Product Viewed', 'Product Added', 'Checkout Started', 'Email Delivered', 'Email Opened'] as const
const ASKED = 5_000
const WARM_UP = 500
const CONNECTIONS = [1, 8] as const

/**
 * Which segments somebody is in, asked over HTTP [J1] of a million people (`scale` 1) of whom some did something within the
 * hour: by profile id and by the id of a visitor, over one connection and over eight. Server, database and asker share the
 * cores.
 */
export async function benchReads(scale: number): Promise<Record<string, unknown>> {
  const people = Math.round(PEOPLE * scale)
  const folder = mkdtempSync(join(tmpdir(), 'onefold-bench-'))
  chmodSync(folder, 0o755)
  try {
    writeFileSync(
      join(folder, 'onefold.config.yaml'),
      'sources: { web: { kind: events, columns: { id: message_id, visitor: anonymous_id, event: event_name, at: occurred_at } } }\n',
    )
    writeEvents(join(folder, 'web.csv'), people)
    await runOnefold(folder, ['migrate'])
    await runOnefold(folder, ['ingest', 'web', join(folder, 'web.csv'), '--json'])
    await runOnefold(folder, ['run', '--json'])
    const profileIds = await listProfiles(folder)
    const key = await makeKey(folder, ['--reader', 'bench'])
    const server = await startServer(folder)
    try {
      const random = createRandom(1, 'reads')
      const names = {
        byProfile: () => profileIds[random.integer(0, profileIds.length - 1)]!,
        byVisitor: () => `v-${random.integer(0, people - 1)}`,
      }
      const answers: Record<string, unknown> = {}
      for (const [name, choose] of Object.entries(names)) {
        for (const connections of CONNECTIONS) {
          const ask = { key, connections, address: server.address }
          await askAll(Array.from({ length: WARM_UP }, choose), ask)
          const { times, seconds } = await askAll(Array.from({ length: ASKED }, choose), ask)
          answers[`${name}, ${connections} at a time`] = {
            ...summarizeTimes(times),
            perSecond: Math.round(times.length / seconds),
          }
        }
      }
      return { people: profileIds.length, answers }
    } finally {
      await server.stop()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What visitors did: half of it within three months, the rest within the hour. */
function writeEvents(file: string, people: number): void {
  const random = createRandom(0, 'reads')
  const now = Date.now()
  const pieces: string[] = []
  let lines = ['id,visitor,event,at']
  for (let n = 0; n < people * EVENTS_PER_PERSON; n++) {
    const longest = n % 2 === 0 ? 90 * 86_400_000 : 3_600_000
    const at = new Date(now - 1 - random.integer(0, longest)).toISOString()
    lines.push(`m-${n},v-${n % people},${NAMES[random.integer(0, NAMES.length - 1)]},${at}`)
    if (lines.length < 100_000) continue
    pieces.push(`${lines.join('\n')}\n`)
    lines = []
  }
  writeFileSync(file, `${pieces.join('')}${lines.join('\n')}\n`)
}

async function listProfiles(folder: string): Promise<string[]> {
  const application = await openBenchApplication(folder)
  try {
    const rows = await application.context.store.sql<{ id: string }[]>`
      SELECT profile_id AS id FROM onefold_out.unified_profiles`
    return rows.map(({ id }) => id)
  } finally {
    await application.close()
  }
}

/** Asks for all of these people, some at a time. */
async function askAll(
  people: readonly string[],
  { address, key, connections }: { readonly address: string; readonly key: string; readonly connections: number },
): Promise<{ times: readonly number[]; seconds: number }> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const times: number[] = []
  const startedAt = performance.now()
  let next = 0
  const run = async (): Promise<void> => {
    while (next < people.length) {
      const person = people[next++]!
      const askedAt = performance.now()
      const status = await get(agent, `${address}/v1/people/${person}/segments`, key)
      if (status !== 200) throw new Error(`${person} was answered ${status}`)
      times.push(performance.now() - askedAt)
    }
  }
  await Promise.all(Array.from({ length: connections }, run))
  agent.destroy()
  return { times, seconds: (performance.now() - startedAt) / 1_000 }
}

function get(agent: Agent, url: string, key: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { agent, auth: `${key}:` }, (answer) => {
      answer.resume().once('end', () => resolve(answer.statusCode))
    })
    asked.once('error', reject).end()
  })
}
