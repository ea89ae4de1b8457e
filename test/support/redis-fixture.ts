import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { findFreePort } from '../../src/runtime/find-free-port.ts'
import { pollUntil } from '../../src/runtime/poll-until.ts'

export interface TestRedis {
  /** `undefined` when there is none; `reason` says why, in words for the test's skip message. */
  readonly url: string | undefined
  readonly reason: string
  stop(): Promise<void>
}

/**
 * A Redis of one's own for a test file, on a free port, without persistence and with `noeviction` as BullMQ
 * demands: starts in some 20 ms, may be flushed or killed. Dies with the test process. Without a `redis-server`
 * program on PATH the answer has no url; with ONEFOLD_CI=1 that is a failure. TEST_REDIS_URL names a server to use
 * instead.
 */
export async function startTestRedis(): Promise<TestRedis> {
  const given = process.env['TEST_REDIS_URL']
  if (given !== undefined && given !== '') return { url: given, reason: '', stop: async () => undefined }
  const folder = await mkdtemp(join(tmpdir(), 'onefold-redis-'))
  const port = (await findFreePort(0)) ?? 0
  const server = spawn('redis-server', redisArguments(port, folder), { cwd: folder, stdio: 'ignore' })
  const stop = (): Promise<void> => stopRedis(server, folder)
  let failure: string | undefined
  server.once('error', (error: NodeJS.ErrnoException) => {
    failure =
      error.code === 'ENOENT' ? 'no redis-server program on PATH (apt-get install redis-server)' : String(error.code)
  })
  server.once('exit', (exitCode) => (failure ??= `redis-server ended with ${exitCode}`))
  const outcome = await pollUntil(async () => failure ?? ((await answersPing(port)) ? 'ready' : undefined), {
    timeoutMs: 10_000,
  })
  if (outcome === 'ready') {
    process.once('exit', () => server.kill('SIGKILL'))
    return { url: `redis://127.0.0.1:${port}`, reason: '', stop }
  }
  await stop()
  if (process.env['ONEFOLD_CI'] === '1') throw new Error(`CI skips no test for lack of Redis: ${outcome}`)
  return { url: undefined, reason: outcome ?? 'redis-server does not answer', stop: async () => undefined }
}

function redisArguments(port: number, folder: string): string[] {
  const place = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder]
  return [...place, '--save', '', '--appendonly', 'no', '--maxmemory-policy', 'noeviction']
}

async function answersPing(port: number): Promise<boolean> {
  const client = new Redis({
    port,
    host: '127.0.0.1',
    lazyConnect: true,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
  })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return (await client.ping()) === 'PONG'
  } catch {
    return false
  } finally {
    client.disconnect()
  }
}

async function stopRedis(server: ChildProcess, folder: string): Promise<void> {
  if (server.pid !== undefined && server.exitCode === null && server.signalCode === null) {
    const ended = once(server, 'exit')
    server.kill('SIGKILL')
    await ended
  }
  await rm(folder, { recursive: true, force: true })
}
