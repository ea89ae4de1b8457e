import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DedupeReport } from '../../src/engine/report.ts'
import { inventPeople, PEOPLE_HEADER } from '../engine/invent-people.ts'
import { runCli } from './run-cli.ts'

const { rows, personOf } = inventPeople(200, 5)
/** What a page must never take for markup of its own. */
const NASTY = '<img src=x onerror=document.title=1>'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onefold-dedupe-'))
  const lines = rows.map((row, at) => [...row, personOf[at], at % 7].join())
  await writeFile(join(folder, 'people.csv'), `${[...PEOPLE_HEADER, 'person', NASTY].join()}\n${lines.join('\n')}\n`)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('dedupe, without a database', () => {
  test('writes a cluster for each id, measured against a truth it never saw', async () => {
    const run = await runCli(folder, ['dedupe', 'people.csv', '--truth', 'person', '--out', 'clusters.csv', '--json'])
    expect(run).toMatchObject({ code: 0 })
    const report = JSON.parse(run.stdout) as DedupeReport
    expect(report.columns.find(({ name }) => name === 'person')?.use).toBe('ignored')
    expect(report.truth?.f1).toBeGreaterThan(0.95)
    const [head, ...written] = (await readFile(join(folder, 'clusters.csv'), 'utf8')).trimEnd().split('\r\n')
    expect(head).toBe('record_id,cluster')
    expect(written.map((line) => line.split(',')[0])).toEqual(rows.map(([id]) => id))
    expect(new Set(written.map((line) => line.split(',')[1])).size).toBe(report.clusters)
  })

  test('a model written once judges again the same', async () => {
    const args = ['dedupe', 'people.csv', '--ignore', 'person', '--model', 'model.json']
    const trained = await runCli(folder, args)
    const model = await readFile(join(folder, 'model.json'), 'utf8')
    expect(await runCli(folder, args)).toMatchObject({ code: 0, stdout: trained.stdout })
    expect(await readFile(join(folder, 'model.json'), 'utf8')).toBe(model)
  })

  test.each([
    [['dedupe', 'absent.csv'], 'absent.csv'],
    [['dedupe', 'people.csv', '--ignore', 'nobody'], 'nobody'],
    [['dedupe', 'people.csv', '--link-only'], '--link-only'],
  ])('%j is misuse', async (args, named) => {
    const run = await runCli(folder, args)
    expect(run).toMatchObject({ code: 2, stdout: '' })
    expect(run.stderr).toContain(named)
  })
})

const chromium = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)
if (chromium === undefined && process.env['ONEFOLD_CI'] === '1') throw new Error('CI opens the report in a browser')

/** The page as a browser has it once it is loaded, and what it complained about. */
async function open(page: string): Promise<{ readonly dom: string; readonly complaints: readonly string[] }> {
  const args = ['--headless', '--disable-gpu', '--enable-logging=stderr', '--virtual-time-budget=5000', '--dump-dom']
  // A profile of its own; root may not use the sandbox.
  args.push(`--user-data-dir=${join(folder, 'chromium')}`, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []))
  const { stdout, stderr } = await promisify(execFile)(chromium as string, [...args, pathToFileURL(page).href])
  return { dom: stdout, complaints: stderr.split('\n').filter((line) => line.includes(':CONSOLE')) }
}

describe.skipIf(chromium === undefined)('its report, opened in a browser', () => {
  test('shows what was understood, chosen and found, and takes nothing for markup', async () => {
    const args = ['dedupe', 'people.csv', '--truth', 'person', '--report', 'report.html', '--out', 'clusters.csv']
    expect((await runCli(folder, args)).code).toBe(0)
    const { dom, complaints } = await open(join(folder, 'report.html'))
    expect(complaints).toEqual([])
    const headings = [...dom.matchAll(/<h2>([^<]+)<\/h2>/g)].map(([, heading]) => heading)
    expect(headings).toEqual([
      'Measured against the truth',
      ...['Columns', 'Blocking', 'Scores', 'Weights', 'Doubtful pairs'],
    ])
    expect(dom).toContain('<title>Onefold dedupe</title>')
    expect(dom).toContain('&lt;img src=x onerror=document.title=1&gt;')
    expect(dom).not.toContain('<img')
    expect(dom.match(/<span class="bar match" style="width:[\d.]+rem">/g)?.length).toBeGreaterThan(0)
    expect(dom.match(/<details>/g)?.length).toBeGreaterThan(3)
  })
})
