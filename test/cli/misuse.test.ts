import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openPostgres, type PostgresHandle } from '../../src/runtime/open-postgres.ts'
import { TEST_SETTINGS } from '../support/postgres-fixture.ts'
import { runCli } from './run-cli.ts'

const PEOPLE = `Customer Number,First Name,Last Name,E-mail
1001,Ina,Fell,ina.fell@brightmail.co.uk
1002,Bo,Moss,bo.moss@brightmail.co.uk
`

let folder: string
let server: PostgresHandle
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onefold-misuse-'))
  await mkdir(join(folder, 'home'), { mode: 0o711 })
  // As root the server runs as another user, who must be able to enter.
  await chmod(folder, 0o711)
  server = await openPostgres(join(folder, 'home'), { settings: TEST_SETTINGS })
  await writeFile(join(folder, 'people.csv'), PEOPLE)
  await writeFile(join(folder, 'strange.csv'), 'abc,def\nxx,yy\n')
  expect((await runCli(folder, ['ingest', 'people.csv', '--save'])).code).toBe(0)
  expect((await runCli(folder, ['run'])).code).toBe(0)
})
afterAll(async () => {
  await server.release()
  await rm(folder, { recursive: true, force: true })
})

describe('what cannot be done is told in one sentence, with where and what next [A8]', () => {
  test.each([
    [['ingest', 'absent.csv'], 'source.no_file', 'absent.csv'],
    [['ingest', 'peopel'], 'source.unknown', 'Configured are people'],
    [['ingest', 'strange.csv'], 'source.not_recognised', 'sources.strange.columns'],
    [['why', 'neither', 'nor'], 'record.not_found', 'source:key'],
    [['why', 'rec_0', 'people:1001'], 'record.not_found', 'The first record'],
    [['why-not', 'neither', 'nor'], 'record.not_found', 'source:key'],
    [['how', '1003'], 'profile.not_found', 'customer number'],
    [['quarantine', 'list', '--source', 'crm'], 'source.unknown', 'There are: people'],
    [['quarantine', 'replay', '--source', 'crm'], 'source.unknown', 'There are: people'],
    [['export', 'segments', '--out', '/nowhere/at-all.csv'], 'export.cannot_write', '/nowhere/at-all.csv'],
    [['profile', '1003'], 'profile.not_found', 'customer number'],
  ])('%j is misuse', async (args, code, told) => {
    const result = await runCli(folder, args)
    expect(result.stderr).toContain(`[${code}]`)
    expect(result.stderr).toContain(told)
    expect(result.stderr).toMatch(/^onefold: [^\n]+\n(  where: [^\n]+\n)?  next:  [^\n]+\n$/)
    expect(result.code).toBe(2)
  })

  test.each([
    [{ DATABASE_URL: 'mysql://somebody@localhost/people' }, 2, 'database_url.malformed'],
    [{ DATABASE_URL: 'postgres://somebody@no-such-host.invalid/people' }, 1, 'store.connection_lost'],
    [{ ONEFOLD_HOME: '/etc/passwd/home' }, 2, 'file.refused'],
    [{ ONEFOLD_LOG: 'loud' }, 2, 'log_level.unknown'],
    [{ REDIS_URL: 'http://localhost' }, 2, 'redis_url.malformed'],
    [{ REDIS_URL: 'redis://127.0.0.1:1' }, 1, 'queue.unreachable'],
  ])('a run with %j ends at once', async (variables, exitCode, code) => {
    const { code: ended, stderr } = await runCli(folder, ['run'], variables)
    expect(stderr).toContain(`[${code}]`)
    expect(stderr).toContain('next:')
    expect(ended).toBe(exitCode)
  })
})

test('a mapped column that a file lacks is named, and the rest is taken in', async () => {
  await writeFile(join(folder, 'renamed.csv'), PEOPLE.replace('E-mail', 'Email').replaceAll('100', '200'))
  const { stderr, stdout } = await runCli(folder, ['ingest', 'people', 'renamed.csv', '--json'])
  expect(stderr).toContain('renamed.csv lacks columns that the configuration maps: E-mail')
  expect(JSON.parse(stdout)).toMatchObject({ counts: { received: 2, accepted: 2 } })
})

test.each([['1001'], ['people:1001']])('a person is found by the customer number %s', async (number) => {
  const { stdout, code } = await runCli(folder, ['profile', number])
  expect(stdout).toContain('ina.fell@brightmail.co.uk')
  expect(code).toBe(0)
})
