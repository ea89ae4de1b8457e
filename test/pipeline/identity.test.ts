import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { findSubject } from '../../src/pipeline/look/find-subject.ts'
import { verify } from '../../src/pipeline/verify/verify.ts'
import { verifyRebuild } from '../../src/pipeline/verify/verify-rebuild.ts'
import { type Bench, openBench, profileSizes } from './people-fixture.ts'

let bench: Bench
beforeEach(async () => {
  bench = await openBench('identity')
})
afterEach(() => bench.close())

const HEAD = 'key,first,last,born,mail,tel,street,zip,changed'
const MIRA = '1,Mira,Ostrander,1984-03-07,mira.ostrander@mailhaven.net,,12 Bramble Close,KB13 9TB,2026-01-01'
const MIRA_AGAIN = '2,Mirah,Ostrander,1984-03-07,,+441514960182,12 Bramble Close,KB13 9TB,2026-01-02'
const OLEG = '3,Oleg,Tamsin,1971-11-30,oleg.tamsin@postkahn.net,,4 Harbour Row,AX4 2DQ,2026-01-03'

async function expectVerified(): Promise<void> {
  const checks = [...(await verify(bench.context)).checks, ...(await verifyRebuild(bench.context))]
  expect(checks.filter((check) => check.broken > 0)).toEqual([])
}

describe('identity over several runs [C5]', () => {
  test('two descriptions of one person become one profile, a stranger stays apart', async () => {
    await bench.ingest('crm', `${HEAD}\n${MIRA}\n${MIRA_AGAIN}\n${OLEG}\n`)
    await bench.run()
    expect(await profileSizes(bench.context)).toEqual([2, 1])
    await expectVerified()
  })

  test('a later delivery joins the known profile, whose id stays; nothing else is resolved again', async () => {
    await bench.ingest('crm', `${HEAD}\n${MIRA}\n${OLEG}\n`)
    await bench.run()
    const before = await findSubject(bench.context, 'crm:1')
    await bench.ingest('crm', `${HEAD}\n${MIRA_AGAIN}\n`)
    const { counts } = await bench.run()
    expect(counts).toMatchObject({ keyed: 1, revised: 1 })
    expect(await findSubject(bench.context, 'crm:2')).toBe(before)
    await expectVerified()
  })

  test('batch and step by step give the same clusters', async () => {
    for (const line of [OLEG, MIRA_AGAIN, MIRA]) {
      await bench.ingest('crm', `${HEAD}\n${line}\n`)
      await bench.run()
    }
    expect(await profileSizes(bench.context)).toEqual([2, 1])
    await expectVerified()
  })

  test('two profiles that a new record joins become one: the old id redirects, the feed tells it', async () => {
    await bench.ingest('crm', `${HEAD}\n${MIRA}\n`)
    await bench.ingest('crm', `${HEAD}\n4,M,Ostrander,,,+441514960199,,,2026-01-05\n`)
    await bench.run()
    expect(await profileSizes(bench.context)).toEqual([1, 1])
    const old = await findSubject(bench.context, 'crm:4')
    await bench.ingest(
      'crm',
      `${HEAD}\n5,Mira,Ostrander,1984-03-07,mira.ostrander@mailhaven.net,+441514960199,,,2026-01-06\n`,
    )
    await bench.run()
    expect(await profileSizes(bench.context)).toEqual([3])
    expect(await findSubject(bench.context, `prf_${old}`)).toBe(await findSubject(bench.context, 'crm:1'))
    const { sql } = bench.context.store
    expect(await sql`SELECT kind FROM onefold.outbox WHERE kind = 'profile.merged'`).toHaveLength(1)
    expect(await sql`SELECT 1 FROM onefold_out.profile_redirects`).toHaveLength(1)
    expect(await sql`SELECT 1 FROM onefold_out.unified_profiles`).toHaveLength(1)
    await expectVerified()
  })

  test('a correction at the source that parts them again brings the old id back and closes the redirect (P5)', async () => {
    const walter = (changed: string): string =>
      `${HEAD}\n6,Walter,Beringer,1950-09-12,other@postkahn.net,,,,${changed}\n`
    await bench.ingest('crm', `${HEAD}\n${MIRA}\n`)
    await bench.ingest('crm', walter('2026-01-04'))
    await bench.run()
    const [mira, own] = [await findSubject(bench.context, 'crm:1'), await findSubject(bench.context, 'crm:6')]
    expect(own).not.toBe(mira)
    await bench.ingest(
      'crm',
      `${HEAD}\n6,Mira,Ostrander,1984-03-07,other@postkahn.net,,12 Bramble Close,KB13 9TB,2026-02-01\n`,
    )
    await bench.run()
    expect(await profileSizes(bench.context)).toEqual([2])
    expect(await findSubject(bench.context, `prf_${own}`)).toBe(mira)
    await bench.ingest('crm', walter('2026-03-01'))
    await bench.run()
    expect(await profileSizes(bench.context)).toEqual([1, 1])
    expect(await findSubject(bench.context, 'crm:1')).toBe(mira)
    expect(await findSubject(bench.context, 'crm:6')).toBe(own)
    expect(await findSubject(bench.context, `prf_${own}`)).toBe(own)
    const redirects = await bench.context.store.sql`SELECT until IS NULL AS open FROM onefold.redirects`
    expect([...redirects]).toEqual([{ open: false }])
    expect(await bench.context.store.sql`SELECT 1 FROM onefold_out.profile_redirects`).toHaveLength(0)
    await expectVerified()
  })

  test('a correction that moves nobody reaches the profile', async () => {
    const { sql } = bench.context.store
    const readPublished = async () => [
      ...(await sql`SELECT postcode_prefix, revision FROM onefold_out.unified_profiles`),
    ]
    await bench.ingest('crm', `${HEAD}\n${MIRA}\n`)
    await bench.run()
    expect(await readPublished()).toEqual([{ postcode_prefix: 'KB', revision: 1 }])
    await bench.ingest('crm', `${HEAD}\n${MIRA.replace('KB13 9TB', 'AX4 2DQ').replace('2026-01-01', '2026-01-09')}\n`)
    expect((await bench.run()).counts).toMatchObject({ keyed: 1, profilesCreated: 0, revised: 1 })
    expect(await readPublished()).toEqual([{ postcode_prefix: 'AX', revision: 2 }])
  })

  test('placeholder identifiers join nobody [B5]', async () => {
    await bench.ingest(
      'crm',
      `${HEAD}\n7,Ada,Marlow,,test@test.com,000000,,,\n8,Bruno,Keller,,test@test.com,000000,,,\n`,
    )
    await bench.run()
    expect(await profileSizes(bench.context)).toEqual([1, 1])
  })

  test('an older version of a record that arrives late does not become its head', async () => {
    await bench.ingest('crm', `${HEAD}\n9,Newest,Name,,,,,,2026-03-01\n`)
    await bench.ingest('crm', `${HEAD}\n9,Older,Name,,,,,,2026-02-01\n`)
    await bench.run()
    const [record] = await bench.context.store.sql`SELECT versions, updated_at FROM onefold.records`
    expect(record).toEqual({ versions: 2, updated_at: new Date('2026-03-01T00:00:00Z') })
    await expectVerified()
  })
})

describe('sessions follow the person [C9]', () => {
  const WEB = 'id,cookie,user,mail,kind,at'

  test('late and out-of-order events land in the right session', async () => {
    await bench.ingest('web', `${WEB}\na,c1,,,page,2026-06-01T10:40:00Z\nb,c1,,,page,2026-06-01T10:00:00Z\n`)
    await bench.run()
    expect(await bench.context.store.sql`SELECT events FROM onefold.sessions`).toHaveLength(2)
    await bench.ingest('web', `${WEB}\nc,c1,,,page,2026-06-01T10:20:00Z\n`)
    await bench.run()
    const sessions = await bench.context.store.sql`SELECT events, started_at, ended_at FROM onefold.sessions`
    expect(sessions).toEqual([
      { events: 3, started_at: new Date('2026-06-01T10:00:00Z'), ended_at: new Date('2026-06-01T10:40:00Z') },
    ])
    await expectVerified()
  })

  test('a login in the middle of a visit does not cut it, and a second device belongs to the same person', async () => {
    await bench.ingest(
      'web',
      `${WEB}\na,c1,,,page,2026-06-01T10:00:00Z\nb,c1,u7,,identify,2026-06-01T10:05:00Z\nc,c1,u7,,page,2026-06-01T10:06:00Z\nd,c2,u7,,page,2026-06-01T10:10:00Z\n`,
    )
    await bench.run()
    const sessions = await bench.context.store.sql<{ profile_id: string; events: number }[]>`
      SELECT profile_id, events FROM onefold.sessions ORDER BY started_at`
    expect(sessions.map(({ events }) => events)).toEqual([2, 1])
    expect(new Set(sessions.map(({ profile_id }) => profile_id)).size).toBe(1)
    await expectVerified()
  })

  test('a shared device does not make two people one: a profile has one login', async () => {
    await bench.ingest('web', `${WEB}\na,c1,u1,,page,2026-06-01T10:00:00Z\nb,c1,u2,,page,2026-06-01T10:10:00Z\n`)
    await bench.run()
    expect(await profileSizes(bench.context)).toEqual([1, 1])
    await expectVerified()
  })
})
