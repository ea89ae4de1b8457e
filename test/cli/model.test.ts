import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openPostgres, type PostgresHandle } from '../../src/runtime/open-postgres.ts'
import { inventPeople } from '../engine/invent-people.ts'
import { TEST_SETTINGS } from '../support/postgres-fixture.ts'
import { runCli } from './run-cli.ts'

const CONFIGURATION = `
sources:
  crm:
    kind: people
    columns: { id: record_key, first: given_name, last: family_name, born: birth_date, town: city }
`

let folder: string
let server: PostgresHandle
const run = (...args: string[]) => runCli(folder, args)
const json = async (...args: string[]): Promise<unknown> => JSON.parse((await run(...args, '--json')).stdout)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onefold-cli-'))
  await mkdir(join(folder, 'home'), { mode: 0o711 })
  // As root the server runs as another user, who must be able to enter.
  await chmod(folder, 0o711)
  server = await openPostgres(join(folder, 'home'), { settings: TEST_SETTINGS })
  await writeFile(join(folder, 'onefold.config.yaml'), CONFIGURATION)
  const lines = inventPeople(160, 3).rows.map(([id, first, last, born, , town]) => [id, first, last, born, town].join())
  await writeFile(join(folder, 'people.csv'), `id,first,last,born,town\n${lines.join('\n')}\n`)
})
afterAll(async () => {
  await server.release()
  await rm(folder, { recursive: true, force: true })
})

describe('model', () => {
  test('says what to do where there is nothing to learn from and no model', async () => {
    const early = await run('model', 'train')
    expect(early).toMatchObject({ code: 1, stdout: '' })
    expect(early.stderr).toContain('model.too_few_records')
    expect((await run('model', 'list')).stdout).toContain('onefold model train')
    expect(await run('model', 'show')).toMatchObject({ code: 2, stderr: expect.stringContaining('model.not_found') })
  })

  test('is trained, listed, planned, applied, and explains pairs from then on', async () => {
    expect((await run('ingest', 'crm', 'people.csv')).code).toBe(0)
    expect((await run('run')).code).toBe(0)
    const trained = await run('model', 'train')
    expect(trained.code).toBe(0)
    expect(trained.stdout).toContain('`onefold plan` tells what it would change')
    expect((await run('model', 'list')).stdout).toContain('waits for `onefold apply`')
    const planned = await run('plan')
    expect(planned.stdout).toMatch(/From the shipped model \(default-1\) to model 1\n[^]*profiles +\d+ +\d+\n/)
    expect(planned.stdout).toMatch(/prf_\S+ +merged +\d+ +\d+ +\+ 1 of prf_\S+…[^]*Next: `onefold apply 1`/)
    expect(await json('why', 'crm:r0', 'crm:r1')).toMatchObject({ explanation: { modelVersion: 'default-1' } })
    expect(await run('apply', '1')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('`onefold apply shipped` goes back'),
    })
    expect((await run('apply')).stdout).toContain('That model judges already')
    expect((await run('plan')).stdout).toBe('  model 1 judges already.\n')
    expect(await run('plan', '7')).toMatchObject({ code: 2, stderr: expect.stringContaining('model.not_found') })
    expect(await json('model', 'list')).toEqual([
      expect.objectContaining({ version: 1, appliedAt: expect.any(String), isInForce: true }),
    ])
    expect(await json('why', 'crm:r0', 'crm:r1')).toMatchObject({ explanation: { modelVersion: 'model-1' } })
    expect((await run('verify', '--rebuild')).code).toBe(0)
  })

  test('is held against what people decided', async () => {
    expect((await run('model', 'evaluate')).stdout).toContain('Nobody has decided anything yet')
    expect((await run('merge', 'crm:r0', 'crm:r1', '--by', 'ada')).code).toBe(0)
    const { stdout } = await run('model', 'evaluate', 'shipped')
    expect(stdout).toMatch(/By 1 decided pairs, 1 of one person, of the shipped model/)
    expect(stdout).toMatch(/precision .+ recall .+/)
    expect(await json('model', 'evaluate', '1')).toMatchObject({ labels: 1, unseen: { labels: 1 } })
    expect((await run('model', 'evaluate', 'newest')).code).toBe(2)
  })

  test('is shown with levels and bits, with common names only when asked', async () => {
    const { stdout } = await run('model', 'show')
    expect(stdout).toMatch(/given_name .*values are common[\s\S]*exact, common .*\+\d/)
    expect(stdout).not.toMatch(/greta/i)
    expect(JSON.stringify(await json('model', 'show', '1'))).not.toMatch(/greta/i)
    expect((await run('model', 'show', '--reveal')).stdout).toMatch(/greta/)
  })

  test('goes to a file of its owner alone and comes back, edited, as the newest', async () => {
    expect((await run('model', 'export', 'model.json')).code).toBe(0)
    const file = join(folder, 'model.json')
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect((await run('model', 'import', 'model.json')).stdout).toContain('nothing was kept')
    await writeFile(file, (await readFile(file, 'utf8')).replace('"match": 0.5', '"match": 0.9'))
    expect(await json('model', 'import', 'model.json')).toEqual({ version: 2, isNew: true, adjustedLevels: 0 })
    const { stdout } = await run('model', 'diff', '1', '2')
    expect(stdout.trim().split('\n')).toEqual([expect.any(String), expect.stringMatching(/match from .*\+3\.17/)])
    const lost = await run('model', 'export', join('no', 'where.json'))
    expect(lost).toMatchObject({ code: 2, stderr: expect.stringContaining('model.cannot_write') })
    expect(await run('model', 'import', 'people.csv')).toMatchObject({ code: 2 })
    expect(await run('model', 'import', 'nowhere.json')).toMatchObject({ code: 2 })
  })

  test('goes to Splink with the records it is for, and comes back as settings to judge by', async () => {
    const exported = await run('model', 'export', 'settings.json', '1', '--splink', 'spark')
    expect(exported).toMatchObject({ code: 0, stderr: expect.stringContaining('SQL does not say these levels') })
    const records = await run('model', 'records', 'records.csv')
    expect(records).toMatchObject({ code: 0, stderr: expect.stringMatching(/^\d+ records written to records\.csv/) })
    for (const file of ['settings.json', 'records.csv'])
      expect((await stat(join(folder, file))).mode & 0o777).toBe(0o600)
    const imported = await run('model', 'import', 'settings.json', '--match', '0.99')
    expect(imported.stdout).toContain('Model 3 is kept.')
    expect((await run('model', 'show', '3')).stdout).toContain('match from 99.0 %')
    expect(await run('model', 'import', 'settings.json', '--match', '2')).toMatchObject({ code: 2 })
    expect(await run('model', 'import', 'settings.json', '--match', '0.4')).toMatchObject({ code: 2 })
    expect(await run('model', 'export', 'settings.json', '--splink', 'oracle')).toMatchObject({ code: 2 })
    expect(await run('model', 'records', join('no', 'where.csv'))).toMatchObject({ code: 2 })
  })
})
