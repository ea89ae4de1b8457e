import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPostgres, type PostgresHandle } from '../../src/runtime/open-postgres.ts'
import { TEST_SETTINGS } from '../support/postgres-fixture.ts'
import { MAIN, runCli } from './run-cli.ts'

let folder: string
let server: PostgresHandle
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onefold-up-'))
  await mkdir(join(folder, 'home'), { mode: 0o711 })
  // As root the server runs as another user, who must be able to enter.
  await chmod(folder, 0o711)
  server = await openPostgres(join(folder, 'home'), { settings: TEST_SETTINGS })
  await writeFile(join(folder, 'onefold.config.yaml'), 'sources: { web: { kind: events, preset: segment-events } }\n')
})
afterAll(async () => {
  await server.release()
  await rm(folder, { recursive: true, force: true })
})

test('up takes in what a key that was made for a source sends, until it is stopped', async () => {
  const made = await runCli(folder, ['key', 'create', 'web', '--json'])
  const { key, keyId } = JSON.parse(made.stdout) as { key: string; keyId: string }
  expect(await runCli(folder, ['key', 'create', 'wbe'])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('source.unknown'),
  })

  const { DATABASE_URL: _database, REDIS_URL: _redis, ...rest } = process.env
  const child = spawn(process.execPath, [MAIN, 'up', '--port', '0'], {
    cwd: folder,
    env: { ...rest, ONEFOLD_HOME: join(folder, 'home'), NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    let address = ''
    for await (const line of createInterface({ input: child.stdout })) {
      address = /http:\S+/.exec(line)?.[0] ?? address
      if (line.startsWith('Ready')) break
    }
    const send = async (): Promise<number> =>
      (
        await fetch(`${address}/v1/track`, {
          method: 'POST',
          headers: { authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` },
          body: JSON.stringify({ userId: 'u-1', event: 'Signed Up' }),
        })
      ).status
    expect(await send()).toBe(202)
    const described = (await (await fetch(`${address}/openapi.json`)).json()) as { openapi: string; paths: object }
    expect(described.openapi).toBe('3.1.0')
    expect(Object.keys(described.paths)).toEqual(expect.arrayContaining(['/v1/batch', '/v1/records/{source}']))
    const taken = await runCli(folder, ['up', '--port', new URL(address).port])
    expect(taken).toMatchObject({ code: 2, stderr: expect.stringContaining('http.port_taken') })
  } finally {
    child.kill('SIGTERM')
  }
  expect(await once(child, 'exit')).toEqual([0, null])

  expect((await runCli(folder, ['key', 'list'])).stdout).toMatch(new RegExp(`${keyId} +write +web .* in use`))
  expect((await runCli(folder, ['key', 'revoke', keyId])).code).toBe(0)
  expect((await runCli(folder, ['key', 'list'])).stdout).toMatch(new RegExp(`${keyId} +write +web .* revoked`))
  expect((await runCli(folder, ['verify'])).code).toBe(0)
  const status = JSON.parse((await runCli(folder, ['status', '--json'])).stdout) as object
  expect(JSON.stringify(status)).toContain('"web"')
})
