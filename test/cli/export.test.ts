import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PostgresHandle } from '../../src/runtime/open-postgres.ts'
import { type CliBench, CONFIGURATION, openCliBench } from './cli-bench.ts'

let folder: string
let server: PostgresHandle
let run: CliBench['run']
let bench: CliBench
beforeAll(async () => {
  bench = await openCliBench()
  ;({ folder, server, run } = bench)
})
afterAll(() => bench.close())

describe('segments movement', () => {
  test('tells how segments changed between two instants, and of one where people came from [F6]', async () => {
    const all = await run('segments', 'movement', '--since', '2000-01-01')
    expect(all.code).toBe(0)
    expect(all.stdout).toMatch(/engagement_unknown +0 +0 +2 +2/)
    const { stdout } = await run('segments', 'movement', 'engagement_unknown', '--since', '2000-01-01', '--json')
    expect(JSON.parse(stdout)).toMatchObject({
      segments: [{ segmentId: 'engagement_unknown', before: 0, left: 0, entered: 2, after: 2 }],
      flows: [{ direction: 'from', segmentId: null, people: 2 }],
    })
    const turned = await run('segments', 'movement', '--since', '2026-01-02', '--until', '2026-01-01')
    expect(turned.code).toBe(2)
    expect((await run('segments', 'movement', 'no_such', '--since', '2000-01-01')).code).toBe(2)
  })
})

describe('export', () => {
  test('of a table is pseudonymous, and safe for spreadsheets when it is not', async () => {
    const plain = await run('export', 'unified_profiles')
    expect(plain.stdout.split('\r\n')).toHaveLength(4)
    expect(plain.stdout).not.toContain('brightmail')
    const revealed = await run('export', 'unified_profiles', '--reveal')
    expect(revealed.stdout).toContain("'=Bo,Moss,bo.moss@brightmail.co.uk,\r\n")
    expect(revealed.stdout).toContain("Ina,Fell,ina.fell@brightmail.co.uk,'+447911123456\r\n")
    expect((await run('export', 'unified_profiles', '--reveal', '--raw')).stdout).toContain(',=Bo,')
  })

  test('of a segment has its members with their profiles', async () => {
    const out = join(folder, 'members.jsonl')
    const { code, stdout, stderr } = await run(
      'export',
      'engagement_unknown',
      '--format',
      'jsonl',
      '--out',
      out,
      '--reveal',
    )
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
    expect(stderr).toContain('2 rows of engagement_unknown')
    const rows = (await readFile(out, 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(rows).toHaveLength(2)
    expect(rows[0]).toMatchObject({
      segment_id: 'engagement_unknown',
      version: 1,
      records: 1,
      given_name: expect.any(String),
    })
    expect((await stat(out)).mode & 0o777).toBe(0o600)
    expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([])
  })

  test('of a segment has who was in it at an instant, and of no table [F6]', async () => {
    const lines = async (instant: string): Promise<number> => {
      const { code, stdout } = await run('export', 'engagement_unknown', '--as-of', instant)
      expect(code).toBe(0)
      return stdout.trimEnd().split('\r\n').length - 1
    }
    expect(await lines('2000-01-01')).toBe(0)
    expect(await lines(new Date(Date.now() + 60_000).toISOString())).toBe(2)
    const table = await run('export', 'segments', '--as-of', '2000-01-01')
    expect(table.code).toBe(2)
    expect(table.stderr).toContain('as it is now only')
  })

  test('of the change feed is in its order [D4]', async () => {
    const { code, stdout } = await run('export', 'change_feed', '--format', 'jsonl')
    expect(code).toBe(0)
    const changes = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { xact: string; seq: number; kind: string })
    expect(changes.map(({ kind }) => kind)).toContain('segment.entered')
    expect(changes).toEqual(changes.toSorted((a, b) => Number(BigInt(a.xact) - BigInt(b.xact)) || a.seq - b.seq))
  })

  test('of an empty table is its header, of an unknown one misuse', async () => {
    expect((await run('export', 'profile_redirects')).stdout).toBe('from_profile_id,to_profile_id,since\r\n')
    const unknown = await run('export', 'customers')
    expect(unknown.code).toBe(2)
    expect(unknown.stderr).toContain('unified_profiles')
    expect((await run('export', 'segments', '--reveal')).code).toBe(2)
  })

  test('leaves what was exported, how much and whether it was revealed in the audit log', async () => {
    const sql = postgres({ ...server.ownerConnection('onefold'), max: 1 })
    const entries = await sql`SELECT action, subject, details FROM onefold.audit_log
        WHERE subject = 'engagement_unknown' AND NOT details ? 'asOf' ORDER BY seq`
    await sql.end()
    const details = { kind: 'segment', format: 'jsonl', revealed: true }
    expect(entries).toEqual([
      { action: 'export.begun', subject: 'engagement_unknown', details },
      { action: 'export.done', subject: 'engagement_unknown', details: { ...details, rows: 2 } },
    ])
  })
})

describe('features export', () => {
  test('writes what model_inputs lists with how it was made, and says so when nothing is listed [B3 B7]', async () => {
    const none = await run('features', 'export')
    expect(none.code).toBe(2)
    expect(none.stderr).toContain('model_inputs')
    const configuration = `${CONFIGURATION}model_inputs: [{ attribute: email_class }, purchases]\n`
    await writeFile(join(folder, 'onefold.config.yaml'), configuration)
    const [out, parameters] = [join(folder, 'matrix.csv'), join(folder, 'parameters.json')]
    const { code, stdout, stderr } = await run('features', 'export', '--out', out, '--parameters', parameters)
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
    expect(stderr).toContain('2 of 2 people written to')
    const [head, first] = (await readFile(out, 'utf8')).split('\r\n')
    expect(head).toBe('profile_id,email_class__company,purchases')
    expect(first).toMatch(/^p_[0-9a-f]{32},1,0$/)
    expect((await stat(out)).mode & 0o777).toBe(0o600)
    expect(JSON.parse(await readFile(parameters, 'utf8'))).toMatchObject({
      people: 2,
      inputs: [
        { column: 'email_class', categories: ['company'] },
        { column: 'purchases', mean: 0 },
      ],
    })
    expect((await run('features', 'export')).stdout).toBe(await readFile(out, 'utf8'))
  })
})
