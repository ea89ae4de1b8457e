import { execFileSync, spawnSync } from 'node:child_process'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { parquetReadObjects } from 'hyparquet'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CliBench, openCliBench } from './cli-bench.ts'
import { MAIN } from './run-cli.ts'

let bench: CliBench
beforeAll(async () => {
  bench = await openCliBench()
})
afterAll(() => bench.close())

const exportTo = (file: string, ...args: string[]) =>
  bench.run('export', ...args, '--format', 'parquet', '--out', join(bench.folder, file))

test('a Parquet export has typed columns and leaves texts as they are, which a program reads [J2]', async () => {
  const { code, stderr } = await exportTo('people.parquet', 'unified_profiles', '--reveal')
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('2 rows of unified_profiles') })
  const file = join(bench.folder, 'people.parquet')
  const rows = await parquetReadObjects({ file: await new Blob([await readFile(file)]).arrayBuffer() })
  expect(rows.map((row) => row['given_name'] as string).toSorted()).toEqual(['=Bo', 'Ina'])
  expect(rows[0]).toMatchObject({ records: 1, has_email: true, sources: ['crm'], as_of: expect.any(Date), r: null })
  expect((await stat(file)).mode & 0o777).toBe(0o600)
})

test('of a segment it has the members with their profiles', async () => {
  expect((await exportTo('members.parquet', 'engagement_unknown')).code).toBe(0)
  const bytes = await readFile(join(bench.folder, 'members.parquet'))
  const rows = await parquetReadObjects({ file: await new Blob([bytes]).arrayBuffer() })
  expect(rows).toHaveLength(2)
  expect(rows[0]).toMatchObject({
    segment_id: 'engagement_unknown',
    version: 1,
    valid_from: expect.any(Date),
    records: 1,
  })
})

test('a pipe gets the bytes that a file would', async () => {
  await exportTo('segments.parquet', 'segments')
  const { code, stdout } = await bench.run('export', 'segments', '--format', 'parquet')
  expect(code).toBe(0)
  expect(stdout).toBe(await readFile(join(bench.folder, 'segments.parquet'), 'utf8'))
})

test('an export that fails leaves no file behind', async () => {
  const sql = postgres({ ...bench.server.ownerConnection('onefold'), max: 1 })
  await sql`CREATE VIEW onefold_out.breaking AS SELECT key, 1 / (5000 - key) AS ratio FROM generate_series(1, 9000) AS key`
  await sql.end()
  expect((await exportTo('breaking.parquet', 'breaking')).code).not.toBe(0)
  expect((await readdir(bench.folder)).filter((name) => name.includes('breaking'))).toEqual([])
})

test.skipIf(spawnSync('script', ['--version']).error !== undefined)('a terminal gets an error instead of bytes', () => {
  const command = `'${process.execPath}' '${MAIN}' export segments --format parquet`
  const env = { ...process.env, ONEFOLD_HOME: bench.home }
  const run = (): string =>
    execFileSync('script', ['-qec', command, '/dev/null'], { cwd: bench.folder, env, encoding: 'utf8' })
  expect(run).toThrow(expect.objectContaining({ status: 2, stdout: expect.stringContaining('--out FILE') }))
})
