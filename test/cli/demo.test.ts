import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { removeHome } from '../../src/runtime/remove-home.ts'
import { generateSample } from '../../src/sample/generate-sample.ts'
import { runCli } from './run-cli.ts'

let root: string
let folder: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'onefold demo '))
  folder = join(root, 'a folder')
})
afterAll(async () => {
  await removeHome(join(folder, '.onefold'))
  await rm(root, { recursive: true, force: true })
})

interface Shown {
  readonly summary: {
    readonly sources: readonly { source: string; received: number; duplicate: number; quarantined: number }[]
    readonly profiles: number
    readonly sessions: number
    readonly segments: readonly { segmentId: string; members: number }[]
  }
}

describe('the demo, in a folder whose path has spaces', () => {
  test('starts afresh, takes the whole sample in and leaves a home that commands work on', async () => {
    // What a demo that was cut off left behind.
    await mkdir(join(folder, 'sample'), { recursive: true })
    await writeFile(join(folder, 'sample', 'truth.csv'), '')
    await writeFile(join(folder, 'onefold.config.yaml'), 'region: GB\n')
    expect((await runCli(folder, ['migrate'], { ONEFOLD_HOME: '' })).code).toBe(0)
    const key = await readFile(join(folder, '.onefold', 'master.key'), 'utf8')

    const { code, stdout } = await runCli(root, ['demo', folder, '--fresh', '--json'])
    expect(code).toBe(0)
    expect(await readFile(join(folder, '.onefold', 'master.key'), 'utf8')).not.toBe(key)
    const { summary } = JSON.parse(stdout) as Shown
    const { expected } = generateSample({ seed: 1 })
    const received = Object.fromEntries(summary.sources.map((row) => [row.source, row.received]))
    expect(received).toEqual({
      append: expected.append.rows,
      crm: expected.crm.rows,
      shop: expected.shop.lines,
      tickets: expected.support.tickets,
      web: expected.web.lines,
    })
    const sizes = Object.fromEntries(summary.segments.map((row) => [row.segmentId, row.members]))
    expect(sizes).toMatchObject({
      engagement_high: expected.segments.highlyEngaged,
      engagement_moderate: expected.segments.moderatelyEngaged,
      engagement_disengaged: expected.segments.disengaged,
      high_frequency: expected.segments.highFrequency,
    })

    const verified = await runCli(folder, ['verify', '--rebuild', '--json'], { ONEFOLD_HOME: '' })
    expect(verified.code).toBe(0)
    const { checks } = JSON.parse(verified.stdout) as { checks: { broken: number }[] }
    expect(checks.filter((check) => check.broken > 0)).toEqual([])
    expect(checks.length).toBeGreaterThan(10)
  })
})
