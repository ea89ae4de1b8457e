import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openPostgres, type PostgresHandle } from '../../src/runtime/open-postgres.ts'
import { TEST_SETTINGS } from '../support/postgres-fixture.ts'
import { runCli } from './run-cli.ts'

const CONFIGURATION = `
sources:
  crm:
    kind: people
    columns: { Id: record_key, First: given_name, Last: family_name, Born: birth_date, Email: email, Zip: postcode }
`
const PEOPLE = `Id,First,Last,Born,Email,Zip
1,Mira,Ostrander,1984-03-07,mira.ostrander@mailhaven.net,KB13 9TB
2,Mirah,Ostrander,1984-03-07,mira.ostrander@mailhaven.net,
3,Mira,Ostrander,,,KB13 9TB
4,Oleg,Tamsin,1971-11-30,oleg.tamsin@postkahn.net,AX4 2DQ
`

let folder: string
let server: PostgresHandle
const run = (...args: string[]) => runCli(folder, args)
const json = async (...args: string[]) => JSON.parse((await run(...args, '--json')).stdout)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onefold-review-'))
  await mkdir(join(folder, 'home'), { mode: 0o711 })
  // As root the server runs as another user, who must be able to enter.
  await chmod(folder, 0o711)
  server = await openPostgres(join(folder, 'home'), { settings: TEST_SETTINGS })
  await writeFile(join(folder, 'onefold.config.yaml'), CONFIGURATION)
  await writeFile(join(folder, 'people.csv'), PEOPLE)
  expect((await run('ingest', 'crm', 'people.csv')).code).toBe(0)
  expect((await run('run')).code).toBe(0)
})
afterAll(async () => {
  await server.release()
  await rm(folder, { recursive: true, force: true })
})

describe('explanations', () => {
  test('why shows masked values and a running total, clear values when asked', async () => {
    const { code, stdout } = await run('why', 'crm:1', 'crm:2')
    expect(code).toBe(0)
    expect(stdout).toMatch(/given_name +m••• +m••• +\w+ +\+\d+\.\d +-?\d+\.\d/)
    expect(stdout).toContain('The score is what was stored on')
    expect(stdout).not.toMatch(/mira|mailhaven/i)
    expect((await run('why', 'crm:1', 'crm:2', '--reveal')).stdout).toMatch(/given_name +mira +mirah/)
  })

  test('how tells the steps, why-not what keeps two apart', async () => {
    const how = await run('how', 'crm:1')
    expect(how).toMatchObject({ code: 0, stdout: expect.stringMatching(/2 +[12] – [12] +email +\+53\.0.*weakest/) })
    const apart = await run('why-not', 'crm:1', 'crm:4')
    expect(apart).toMatchObject({ code: 0, stdout: expect.stringContaining('a match takes') })
    expect(await json('why-not', 'crm:1', 'crm:2')).toMatchObject({ reasons: [] })
  })
})

describe('decisions', () => {
  test('are made in the queue, told, taken back, and made again', async () => {
    const { reviews } = await json('review', 'list')
    expect(reviews).toHaveLength(1)
    const { item } = reviews[0]
    expect((await run('review', 'list')).stdout).toMatch(new RegExp(`${item} +in doubt +\\+\\d`))
    expect((await run('review', 'show', item)).stdout).toMatch(/In the queue because: in doubt/)
    const decided = await run('review', 'decide', item, 'different', '--by', 'ada', '--because', 'her cousin')
    expect(decided).toMatchObject({ code: 0, stdout: expect.stringContaining('onefold review undo dec_') })
    expect((await run('review', 'list')).stdout).toBe('Nothing waits for a decision.\n')
    const told = await run('review', 'decisions')
    expect(told.stdout).toMatch(/^dec_\S+ {2}different, by ada, .* UTC, next run\n/)
    expect(told.stdout).not.toContain('cousin')
    expect((await run('review', 'decisions', 'crm:3', '--reveal')).stdout).toContain('“her cousin”')
    const [, id = ''] = /undo (dec_\S+)`/.exec(decided.stdout) ?? []
    expect((await run('review', 'undo', id, '--by', 'ada')).code).toBe(0)
    expect((await json('review', 'list')).reviews).toHaveLength(1)
  })

  test('join and part anybody; the opposite of what somebody decided needs to be meant', async () => {
    expect(await json('merge', 'crm:1', 'crm:4', '--by', 'ada')).toMatchObject({ pairs: 1 })
    const opposite = await run('never-link', 'crm:4', 'crm:1', '--by', 'ben')
    expect(opposite).toMatchObject({ code: 1, stderr: expect.stringContaining('[decision.exists]') })
    expect(opposite.stderr).toContain('--replace')
    expect((await run('run')).stdout).toMatch(/decisions taken up +3/)
    expect(await json('how', 'crm:4')).toMatchObject({ joins: [{}, {}] })
    const both = await json('how', 'crm:1')
    expect(await json('split', 'crm:1', 'crm:2', 'crm:4', '--replace')).toMatchObject({ pairs: 2 })
    expect((await run('run')).code).toBe(0)
    expect((await json('how', 'crm:1')).records).toHaveLength(both.records.length - 2)
    expect((await run('verify', '--rebuild')).code).toBe(0)
  })

  test('protect profiles and block identifiers', async () => {
    expect((await run('protect', 'crm:1')).stdout).toContain('is protected: a match with another such waits')
    expect(await json('unprotect', 'crm:1')).toMatchObject({ isProtected: false, isNew: true })
    expect((await run('block', 'mira.ostrander@mailhaven.net')).stdout).toContain('2 records are compared again')
    expect((await run('run')).code).toBe(0)
    expect((await run('unblock', 'mira.ostrander@mailhaven.net')).stdout).toContain('links again')
  })

  test.each([
    [['review', 'show', '00000000-00000000'], 'review.not_found'],
    [['review', 'undo', 'dec_1'], 'id.malformed'],
    [['review', 'undo', 'dec_00000000-0000-0000-0000-000000000000'], 'decision.not_found'],
    [['merge', 'crm:1', 'crm:1'], 'record.same'],
    [['merge', 'crm:1', 'nobody'], 'profile.not_found'],
    [['split', 'crm:1', 'crm:4'], 'split.not_members'],
    [['block', 'nobody@mailhaven.net'], 'identifier.not_found'],
  ])('%j is misuse', async (args, code) => {
    const result = await run(...args)
    expect(result).toMatchObject({ code: 2, stderr: expect.stringContaining(`[${code}]`) })
    expect(result.stderr).toMatch(/^onefold: [^\n]+\n(  where: [^\n]+\n)?  next:  [^\n]+\n$/)
  })
})
