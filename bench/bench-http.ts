import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runOnefold } from './run-onefold.ts'
import { makeKey, startServer } from './start-server.ts'
import { summarizeTimes } from './summarize-times.ts'

/** What is sent: so many events a request, over so many connections at a time. */
const LOADS = [
  { name: 'single', events: 1, connections: 16 },
  { name: 'batch', events: 100, connections: 4 },
] as const
const SECONDS = 20
const VISITORS = 5_000

/**
 * Events over HTTP into `onefold up`, a process of its own with the embedded database, from a sender on the same two
 * cores: how many a second are in the ledger, and how long one waits for its 202 [A3]. `scale` is of the seconds.
 */
export async function benchHttp(scale: number): Promise<Record<string, unknown>> {
  const folder = mkdtempSync(join(tmpdir(), 'onefold-bench-'))
  chmodSync(folder, 0o755)
  try {
    writeFileSync(join(folder, 'onefold.config.yaml'), 'sources: { web: { kind: events, preset: segment-events } }\n')
    const key = await makeKey(folder, ['web'])
    const server = await startServer(folder)
    const { address } = server
    const loads: Record<string, unknown> = {}
    let sent = 0
    for (const { name, events, connections } of LOADS) {
      const { times, seconds } = await send(address, key, { events, connections, seconds: SECONDS * scale })
      const { count: requests, ...waits } = summarizeTimes(times)
      sent += requests * events
      loads[name] = {
        ...{ eventsPerRequest: events, connections, requests },
        eventsPerSecond: Math.round((requests * events) / seconds),
        ...waits,
      }
    }
    await server.stop()
    const verified = await runOnefold(folder, ['verify', '--json'])
    const { checks } = JSON.parse(verified.stdout) as { checks: { promise: string; checked: number; broken: number }[] }
    const kept = checks.find(({ promise }) => promise.startsWith('every accepted row'))?.checked
    if (kept !== sent || checks.some(({ broken }) => broken > 0))
      throw new Error(`${sent} events were sent, ${kept} are in the ledger`)
    return { sent, kept, loads }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function send(
  address: string,
  key: string,
  load: { readonly events: number; readonly connections: number; readonly seconds: number },
): Promise<{ times: readonly number[]; seconds: number }> {
  const agent = new Agent({ keepAlive: true, maxSockets: load.connections })
  const times: number[] = []
  const startedAt = performance.now()
  const run = async (): Promise<void> => {
    while (performance.now() - startedAt < load.seconds * 1_000) {
      const body = JSON.stringify({ batch: Array.from({ length: load.events }, composeEvent) })
      const sentAt = performance.now()
      const status = await post(agent, `${address}/v1/batch`, key, body)
      if (status !== 202) throw new Error(`a request was answered ${status}`)
      times.push(performance.now() - sentAt)
    }
  }
  await Promise.all(Array.from({ length: load.connections }, run))
  agent.destroy()
  return { times, seconds: (performance.now() - startedAt) / 1_000 }
}

/** Posts a body with a write key; resolves to the status once the answer is read. */
export function post(agent: Agent, url: string, key: string, body: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
    const asked = request(url, { agent, method: 'POST', auth: `${key}:`, headers }, (answer) => {
      answer.resume().once('end', () => resolve(answer.statusCode))
    })
    asked.once('error', reject).end(body)
  })
}

let turn = 0

function composeEvent(): object {
  const n = turn++
  return {
    ...{ type: 'track', event: 'Product Viewed', messageId: `bench-${n}`, anonymousId: `v-${n % VISITORS}` },
    timestamp: new Date().toISOString(),
    properties: { product_id: `p-${n % 997}`, price: (n % 200) + 0.99, currency: 'EUR' },
    context: {
      page: { url: `https://shop.example/p/${n % 997}` },
      userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0)',
    },
  }
}
