import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PostgresHandle } from '../../src/runtime/open-postgres.ts'
import { CONFIGURATION, type CliBench, openCliBench, PEOPLE } from './cli-bench.ts'
import { runCli } from './run-cli.ts'

let folder: string
let home: string
let server: PostgresHandle
let run: CliBench['run']
let bench: CliBench
beforeAll(async () => {
  bench = await openCliBench()
  ;({ folder, home, server, run } = bench)
})
afterAll(() => bench.close())
const json = async (...args: string[]) => JSON.parse((await run(...args, '--json')).stdout)

describe('init', () => {
  test('writes a configuration once, and again only when forced', async () => {
    const place = await mkdtemp(join(tmpdir(), 'onefold-init-'))
    expect((await runCli(place, ['init'])).code).toBe(0)
    const again = await runCli(place, ['init'])
    expect(again).toMatchObject({ code: 2, stdout: '' })
    expect(again.stderr).toContain('config.exists')
    expect((await runCli(place, ['init', '--force'])).code).toBe(0)
    await rm(place, { recursive: true })
  })
})

describe('doctor', () => {
  test('makes neither home nor key where there are none', async () => {
    const place = await mkdtemp(join(tmpdir(), 'onefold-doctor-'))
    const { code, stdout } = await runCli(place, ['doctor', '--json'])
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ verdict: 'warn' })
    expect(await readdir(place)).toEqual([])
    await rm(place, { recursive: true })
  })

  test('finds nothing wrong with a home in use', async () => {
    const { code, stdout } = await run('doctor', '--json')
    const { findings } = JSON.parse(stdout) as { findings: { check: string; verdict: string }[] }
    expect(findings.filter(({ verdict, check }) => verdict !== 'ok' && check !== 'disk')).toEqual([])
    expect(findings.map(({ check }) => check)).toEqual([
      'node',
      'home',
      'disk',
      'master key',
      'configuration',
      'database',
      'schema',
      'role',
      'clock',
      'key of database',
      'queue',
    ])
    expect(code).toBe(0)
  })

  test('fails for a master key that others can read, a broken configuration and a Redis that is not there', async () => {
    const key = join(home, 'master.key')
    await chmod(key, 0o644)
    await writeFile(join(folder, 'onefold.config.yaml'), 'sourcs: {}\n')
    const { code, stdout } = await runCli(folder, ['doctor'], { REDIS_URL: 'redis://127.0.0.1:1' })
    await chmod(key, 0o600)
    await writeFile(join(folder, 'onefold.config.yaml'), CONFIGURATION)
    expect(code).toBe(1)
    expect(stdout).toMatch(/^fail {2}master key .*can be read by other users\n +next: chmod 600/m)
    expect(stdout).toMatch(/^fail {2}configuration .*did you mean sources/m)
    expect(stdout).toMatch(/^fail {2}queue .*does not answer/m)
  })
})

describe('status', () => {
  test('tells where everything stands', async () => {
    expect(await json('status')).toMatchObject({
      database: { embedded: true, name: 'onefold' },
      queue: 'postgres',
      sources: [{ source: 'crm', configured: true, deliveries: 1, freshness: 'ok', held: 1 }],
      ledger: { accepted: 2, quarantined: 1 },
      recordsByResolution: { resolved: 2 },
      profiles: 2,
      lastRuns: [
        { kind: 'pipeline', state: 'done' },
        { kind: 'ingest', source: 'crm', state: 'done' },
      ],
      deadChunks: [],
      audit: { lastRoot: { count: expect.any(Number) } },
    })
    expect((await run('status')).stdout).toMatch(/crm +1 +(?:\d+ \w+ )+ago +ok +1/)
  })

  test('fails for a source that is later than its contract allows', async () => {
    await writeFile(join(folder, 'onefold.config.yaml'), CONFIGURATION.replace('error_after: 2d', 'error_after: 0s'))
    const { code, stdout } = await run('status', '--json')
    await writeFile(join(folder, 'onefold.config.yaml'), CONFIGURATION)
    expect(code).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({ sources: [{ freshness: 'error' }] })
  })

  test('fails for a dead chunk and says what to do, which helps', async () => {
    const sql = postgres({ ...server.ownerConnection('onefold'), max: 1 })
    const [chunk] =
      await sql`UPDATE onefold.chunks SET state = 'dead', error_code = 'store.no_space' WHERE stage = 'ingest' RETURNING run_id`
    const runId = String(chunk?.['run_id'])
    await sql`UPDATE onefold.runs SET state = 'failed', stages = '{ingest}' WHERE run_id = ${runId}`
    await sql.end()
    const failed = await run('status')
    expect(failed.code).toBe(1)
    expect(failed.stdout).toContain(`onefold retry ${runId}`)
    expect(await run('retry', runId)).toMatchObject({ code: 0, stdout: `Run ${runId}: done\n` })
    expect((await run('status')).code).toBe(0)
    expect(await run('retry')).toMatchObject({ code: 0, stdout: 'Nothing failed.\n' })
    expect((await run('retry', 'yesterday')).code).toBe(2)
  })
})

describe('url', () => {
  test('gives a login that reads what is published and nothing else', async () => {
    const { stdout, stderr } = await run('url')
    expect(stderr).toContain('onefold up')
    expect((await stat(join(home, 'reader.password'))).mode & 0o777).toBe(0o600)
    const reader = postgres(stdout.trim(), { max: 1 })
    try {
      expect(await reader`SELECT profile_id FROM unified_profiles`).toHaveLength(2)
      await expect(reader`INSERT INTO segments SELECT * FROM segments`).rejects.toMatchObject({ code: '25006' })
      await reader`SET default_transaction_read_only = off`
      await expect(reader`INSERT INTO segments SELECT * FROM segments`).rejects.toMatchObject({ code: '42501' })
      await expect(reader`SELECT 1 FROM onefold.records`).rejects.toMatchObject({ code: '42501' })
      await expect(reader`SET ROLE onefold_worker`).rejects.toMatchObject({ code: '42501' })
    } finally {
      await reader.end()
    }
    expect((await run('url')).stdout).toBe(stdout)
  })

  test('of the worker begins with its rights', async () => {
    const { url } = await json('url', '--role', 'worker')
    const worker = postgres(url, { max: 1 })
    try {
      expect(await worker`SELECT current_role::text AS role`).toEqual([{ role: 'onefold_worker' }])
      await expect(worker`DELETE FROM onefold.audit_log`).rejects.toMatchObject({ code: '42501' })
    } finally {
      await worker.end()
    }
  })

  test('of a server of your own is the SQL that makes a login', async () => {
    const place = await mkdtemp(join(tmpdir(), 'onefold-url-'))
    const variables = {
      DATABASE_URL: server.ownerUrl('onefold'),
      ONEFOLD_MASTER_KEY: (await readFile(join(home, 'master.key'), 'utf8')).trim(),
    }
    const { code, stdout } = await runCli(place, ['url'], variables)
    expect(code).toBe(0)
    expect(stdout).toContain("CREATE ROLE onefold_bi LOGIN PASSWORD '…' IN ROLE onefold_reader;")
    expect(stdout).not.toContain(server.ownerPassword)
    await rm(place, { recursive: true })
  })
})

describe('quarantine', () => {
  test('is listed, shown, corrected and replayed', async () => {
    const listed = await json('quarantine', 'list', '--source', 'crm')
    expect(listed).toMatchObject({ held: [{ source: 'crm', held: 1 }], rows: [{ line: 4, state: 'open' }] })
    expect(JSON.stringify(listed)).not.toContain('Fern')
    const id = String(listed.rows[0].id).slice(-10)
    expect((await run('quarantine', 'show', id)).stdout).toMatch(/Email +email +cleo\.fern\(at\)brightmail\.co\.uk/)
    expect((await run('quarantine', 'replay', '--all')).code).toBe(1)
    expect((await run('quarantine', 'fix', id, 'Email=cleo.fern@brightmail.co.uk')).code).toBe(0)
    expect(await run('quarantine', 'replay', id)).toMatchObject({ code: 0 })
    expect(await run('quarantine', 'list')).toMatchObject({ code: 0, stdout: 'No rows are held.\n' })
    expect((await run('verify')).code).toBe(0)
  })

  test('is misused without saying which rows, and with something that is no correction', async () => {
    expect((await run('quarantine', 'replay')).code).toBe(2)
    expect((await run('quarantine', 'fix', '0000:1', 'Email')).code).toBe(2)
    expect((await run('quarantine', 'show', '00000000:1')).code).toBe(2)
  })
})

describe('ingest --now', () => {
  test('takes one small file in, resolves and publishes it without the queue', async () => {
    await writeFile(join(folder, 'ina.csv'), 'Id,First,Last,Email,Phone\n11,Ina,Fell,ina.fell@brightmail.co.uk,\n')
    const { code, stdout } = await run('ingest', 'crm', 'ina.csv', '--now')
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining('Resolved and published.') })
    const [one, other] = [await json('profile', 'crm:1'), await json('profile', 'crm:11')]
    expect(other.profileId).toBe(one.profileId)
  })

  test('refuses what should be a walk: a large file, and several', async () => {
    await writeFile(join(folder, 'large.csv'), PEOPLE + '5,Eve,Hill,,\n'.repeat(100_000))
    expect((await run('ingest', 'crm', 'large.csv', '--now')).stderr).toContain('arrival.too_large')
    expect((await run('ingest', 'crm', 'ina.csv', 'people.csv', '--now')).stderr).toContain('arrival.one_file')
  })
})
