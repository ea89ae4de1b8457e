import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import { createWriteKey } from '../../src/pipeline/key/create-key.ts'
import { verify } from '../../src/pipeline/verify/verify.ts'
import { verifyAudit } from '../../src/pipeline/verify/verify-audit.ts'
import { createRandom } from '../../src/sample/create-random.ts'
import { configure } from '../pipeline/ingest-text.ts'
import { type MigratedDatabase, openMigratedDatabase } from '../support/open-migrated-database.ts'
import { programEnvironment } from '../support/program-environment.ts'

const MAIN = join(import.meta.dirname, '../../dist/src/cli/main.js')
const SENDERS = 6
const BATCHES = 60
const EVENTS_A_BATCH = 5
const KILLS = 4

interface Server {
  readonly address: string
  readonly child: ChildProcess
  readonly ended: Promise<unknown[]>
}

async function start(folder: string, database: MigratedDatabase): Promise<Server> {
  const env = programEnvironment(folder, database)
  const child = spawn(process.execPath, [MAIN, 'up', '--port', '0'], {
    ...{ cwd: folder, env, stdio: ['ignore', 'pipe', 'ignore'] },
  })
  const ended = once(child, 'exit')
  let address = ''
  for await (const line of createInterface({ input: child.stdout })) {
    address = /http:\S+/.exec(line)?.[0] ?? address
    if (line.startsWith('Ready')) return { address, child, ended }
  }
  throw new Error('the server ended before it was ready')
}

/** Posts batches, several at a time, until all are answered 202 or the server is gone; calls `acknowledge` for each. */
async function send(
  address: string,
  key: string,
  batches: readonly number[],
  acknowledge: (batch: number) => void,
): Promise<void> {
  const waiting = [...batches]
  const run = async (): Promise<void> => {
    for (let batch = waiting.shift(); batch !== undefined; batch = waiting.shift()) {
      const answer = await fetch(`${address}/v1/batch`, {
        method: 'POST',
        headers: { authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` },
        body: JSON.stringify({ batch: Array.from({ length: EVENTS_A_BATCH }, (_, n) => composeEvent(batch, n)) }),
      }).catch(() => undefined)
      if (answer?.status !== 202) return
      acknowledge(batch)
    }
  }
  await Promise.all(Array.from({ length: SENDERS }, run))
}

function composeEvent(batch: number, n: number): object {
  return {
    ...{
      type: 'track',
      event: 'Product Viewed',
      messageId: `m-${batch}-${n}`,
      anonymousId: `v-${(batch * 7 + n) % 11}`,
    },
    timestamp: new Date(Date.UTC(2026, 5, 1) + batch * 60_000 + n).toISOString(),
  }
}

test('whenever the server is killed under load, every event that was acknowledged is in the ledger exactly once (P1 P3) [A3]', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'onefold-kill-server-'))
  const database = await openMigratedDatabase('kill_server')
  let server: Server | undefined
  try {
    const settings = { sources: { web: { kind: 'events', preset: 'segment-events', resolve: 'now' } } } as const
    // JSON is YAML.
    await writeFile(join(folder, 'onefold.config.yaml'), JSON.stringify(settings))
    const context = configure(database.context, settings)
    const { sql } = context.store
    const { key } = await createWriteKey(context, 'web')
    const acknowledged = new Set<number>()
    const random = createRandom(5, 'kills')
    const all = Array.from({ length: BATCHES }, (_, batch) => batch)
    for (let kill = 0; kill <= KILLS; kill++) {
      server = await start(folder, database)
      const { address, child, ended } = server
      // What was acknowledged is sent once more, as by a sender that did not hear it.
      const left = all.filter((batch) => !acknowledged.has(batch) || batch % 9 === 0)
      let killAfter = kill < KILLS ? random.integer(1, 9) : Infinity
      await send(address, key, left, (batch) => {
        acknowledged.add(batch)
        if (--killAfter === 0) child.kill('SIGKILL')
      })
      if (kill === KILLS) child.kill('SIGTERM')
      const [code, signal] = await ended
      expect({ code, signal }).toEqual(kill < KILLS ? { code: null, signal: 'SIGKILL' } : { code: 0, signal: null })
      const [kept] = await sql<{ events: number; ids: number }[]>`
        SELECT (SELECT count(*) FROM onefold.events) AS events, (SELECT count(*) FROM onefold.event_ids) AS ids`
      expect(kept?.events).toBe(kept?.ids)
      expect(kept?.events).toBeGreaterThanOrEqual(acknowledged.size * EVENTS_A_BATCH)
    }
    expect(acknowledged.size).toBe(BATCHES)
    expect(await sql`SELECT count(*) AS events FROM onefold.events`).toEqual([{ events: BATCHES * EVENTS_A_BATCH }])
    expect(
      await sql`SELECT FROM onefold.records LEFT JOIN onefold.unstitched ON actor_id = record_id WHERE actor_id IS NOT NULL OR resolution <> 'resolved'`,
    ).toEqual([])
    expect((await verify(context)).checks.filter(({ broken }) => broken > 0)).toEqual([])
    expect((await verifyAudit(context, [])).findings).toEqual([])
  } finally {
    server?.child.kill('SIGKILL')
    await database.drop()
    await rm(folder, { recursive: true, force: true })
  }
})
