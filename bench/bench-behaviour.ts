import { execFileSync } from 'node:child_process'
import { chmodSync, createReadStream, createWriteStream, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { PEERS, PYTHON } from './peer-people.ts'
import { runOnefold } from './run-onefold.ts'

/** What the peer's events are called in the Segment specification. */
const NAMES: Readonly<Record<string, string>> = {
  page: 'page',
  product_viewed: 'Product Viewed',
  product_added: 'Product Added',
  checkout_started: 'Checkout Started',
  order_completed: 'Order Completed',
  email_opened: 'Email Opened',
}
/** Events of a visit in the peer's file. */
const VISIT = 6

interface PeerRun {
  readonly seconds: Readonly<Record<string, number>>
  readonly sessions: readonly [number, number]
  readonly buyers: readonly [number, number, number]
}

/**
 * Sessions, RFM and features of five million events of 250,000 people: from the ledger to the published tables, beside
 * DuckDB's SQL on the same events in memory, before and after. First everything with who is who, then the behaviour of everybody made
 * anew (another session gap makes it due), then what one new event in a hundred costs.
 */
export async function benchBehaviour(scale: number): Promise<Record<string, unknown>> {
  const [events, people] = [Math.round(5_000_000 * scale), Math.round(250_000 * scale)]
  const folder = mkdtempSync(join(tmpdir(), 'onefold-bench-'))
  chmodSync(folder, 0o755)
  try {
    const before = runPeer(folder, events, people)
    if (before === undefined) return { skipped: 'no peer' }
    await spellFiles(join(folder, `events-${events}-${people}.csv`), folder)
    declare(folder, '31m')
    await runOnefold(folder, ['migrate'])
    const ingests = [
      await runOnefold(folder, ['ingest', 'web', join(folder, 'web.csv'), '--json']),
      await runOnefold(folder, ['ingest', 'shop', join(folder, 'shop.csv'), '--json']),
    ]
    const first = await runOnefold(folder, ['run', '--json'])
    declare(folder, '30m')
    const rebuild = await runOnefold(folder, ['run', '--json'])
    const { counts } = JSON.parse(rebuild.stdout) as { counts: Record<string, number> }
    const after = runPeer(folder, events, people) ?? before
    await runOnefold(folder, ['ingest', 'web', join(folder, 'new.csv'), '--json'])
    const increment = await runOnefold(folder, ['run', '--json'])
    const peerSeconds = [before, after].map(({ seconds }) => sum(Object.values(seconds)))
    const peer = sum(peerSeconds) / 2
    return {
      events,
      people,
      ingestSeconds: ingests.map(({ seconds }) => seconds),
      everythingSeconds: first.seconds,
      rebuildSeconds: rebuild.seconds,
      incrementSeconds: increment.seconds,
      peer: before,
      peerSeconds,
      ratio: Number((rebuild.seconds / peer).toFixed(1)),
      ratioWithIdentity: Number((first.seconds / peer).toFixed(1)),
      incrementOfRebuild: Number((increment.seconds / rebuild.seconds).toFixed(3)),
      memory: { everything: first.memory, rebuild: rebuild.memory, increment: increment.memory },
      areSessionsThePeers: counts['sessions'] === before.sessions[0],
      counts,
      incrementCounts: (JSON.parse(increment.stdout) as { counts: unknown }).counts,
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function runPeer(folder: string, events: number, people: number): PeerRun | undefined {
  if (!existsSync(PYTHON)) {
    process.stderr.write(`No Python with DuckDB at ${PYTHON}; set ONEFOLD_PEERS_PYTHON.\n`)
    return undefined
  }
  const script = resolve(PEERS, 'duckdb_behaviour.py')
  const sizes = ['--events', String(events), '--people', String(people)]
  return JSON.parse(execFileSync(resolve(PYTHON), [script, ...sizes, '--dir', folder]).toString()) as PeerRun
}

function declare(folder: string, gap: string): void {
  writeFileSync(
    join(folder, 'onefold.config.yaml'),
    `sources:
  web:
    kind: events
    namespace: shop
    columns: { message_id: message_id, person: user_id, event: event_name, ts: occurred_at, url: url }
  shop:
    kind: orders
    namespace: shop
    columns: { order: order_id, person: user_id, ts: occurred_at, amount: amount }
events:
  session_gap: ${gap}
`,
  )
}

/** The peer's events as a tracker sends them, the orders as a shop does, and new visits, one event in a hundred, of the days after. */
async function spellFiles(peerFile: string, folder: string): Promise<void> {
  const [web, shop, more] = ['web.csv', 'shop.csv', 'new.csv'].map((name) => createWriteStream(join(folder, name)))
  const write = async (out: typeof web, line: string): Promise<void> => {
    if (!out!.write(line)) await once(out!, 'drain')
  }
  for (const out of [web, more]) await write(out, 'message_id,person,event,ts,url\n')
  await write(shop, 'order,person,ts,amount\n')
  let row = -1
  for await (const line of createInterface({ input: createReadStream(peerFile), crlfDelay: Infinity })) {
    if (row++ < 0) continue
    const [id, person, kind, ts, amount, url] = line.split(',')
    await write(web, `${id},u${person},${NAMES[kind!]},${ts},${url}\n`)
    if (kind === 'order_completed') await write(shop, `${id},u${person},${ts},${amount}\n`)
    if (Math.floor((row - 1) / VISIT) % 100 === 0) {
      await write(more, `new-${id},u${person},${NAMES[kind!]},2025-07-02${ts!.slice('yyyy-mm-dd'.length)},${url}\n`)
    }
  }
  await Promise.all(
    [web, shop, more].map((out) => {
      out!.end()
      return once(out!, 'finish')
    }),
  )
}
