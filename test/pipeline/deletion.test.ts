import { afterEach, beforeEach, expect, test } from 'vitest'
import { explainSeparation } from '../../src/pipeline/look/explain-separation.ts'
import { findSubject } from '../../src/pipeline/look/find-subject.ts'
import { decidePair } from '../../src/pipeline/review/decide-pair.ts'
import { protectProfile } from '../../src/pipeline/review/protect-profile.ts'
import { type Bench, expectVerified, openBench } from './people-fixture.ts'

const HEAD = 'key,first,last,born,mail,tel,changed,gone'
const MIRA = '1,Mira,Ostrander,1984-03-07,mira.ostrander@mailhaven.net,,2026-02-01,false'
const MIRAH = '2,Mirah,Ostrander,1984-03-07,mira.ostrander@mailhaven.net,+441514960182,2026-02-01,'
const OLEG = '4,Oleg,Tamsin,1971-11-30,oleg.tamsin@postkahn.net,,2026-02-01,'
/** A deletion often says no more than whom it is about. */
const gone = (key: number, day: string): string => `${key},,,,,,${day},true`

let bench: Bench

beforeEach(async () => {
  bench = await openBench('deletion')
})

afterEach(async () => {
  await expectVerified(bench)
  await bench.close()
})

async function take(...lines: readonly string[]): Promise<void> {
  await bench.ingest('crm', [HEAD, ...lines].join('\n'))
  await bench.run()
}

const nameProfile = (text: string): Promise<string> => findSubject(bench.context, text)

async function countPublished(): Promise<number> {
  const { length } = await bench.context.store.sql`SELECT FROM onefold_out.unified_profiles`
  return length
}

test('a person whose only record is deleted is withdrawn, and comes back with it under the same id', async () => {
  await take(MIRA, OLEG)
  const mira = await nameProfile('crm:1')
  await take(gone(1, '2026-03-01'))
  expect(await countPublished()).toBe(1)
  await expect(nameProfile('crm:1')).rejects.toMatchObject({ code: 'profile.not_found' })
  await expect(nameProfile('mira.ostrander@mailhaven.net')).rejects.toMatchObject({ code: 'profile.not_found' })
  const { sql } = bench.context.store
  expect(
    await sql`SELECT DISTINCT profile_id FROM onefold_out.segment_memberships WHERE valid_to IS NULL`,
  ).toHaveLength(1)
  await take(MIRA.replace('2026-02-01', '2026-04-01'))
  expect(await nameProfile('crm:1')).toBe(mira)
  expect(await countPublished()).toBe(2)
})

test('whoever loses the earliest record of several goes on under the id of the next, and the old id leads there', async () => {
  await take(MIRA, MIRAH)
  const before = await nameProfile('crm:1')
  expect(await nameProfile('crm:2')).toBe(before)
  await take(gone(1, '2026-03-01'))
  const after = await nameProfile('crm:2')
  expect(after).not.toBe(before)
  expect(await nameProfile(`prf_${before}`)).toBe(after)
  const { sql } = bench.context.store
  expect(await sql`SELECT records FROM onefold_out.unified_profiles`).toEqual([{ records: 1 }])
  expect(await explainSeparation(bench.context, 'crm:1', 'crm:2')).toMatchObject({
    reasons: [{ kind: 'deleted', records: [before] }, { kind: 'nothing_to_compare' }],
  })
})

test('an id that led to somebody whose records are all deleted leads nowhere, until one of them is back', async () => {
  await take(MIRA, MIRAH)
  const first = await nameProfile('crm:1')
  await take(gone(1, '2026-03-01'))
  const second = await nameProfile('crm:2')
  await take(gone(2, '2026-03-01'))
  expect(await countPublished()).toBe(0)
  const { sql } = bench.context.store
  expect(await sql`SELECT FROM onefold_out.profile_redirects`).toEqual([])
  await expectVerified(bench)
  const told = await sql`SELECT kind, subject FROM onefold.outbox WHERE kind IN ('profile.merged', 'profile.retired')`
  expect(told).toEqual([
    { kind: 'profile.merged', subject: first },
    { kind: 'profile.retired', subject: second },
  ])
  await bench.arrive('crm', [HEAD, MIRAH.replace('2026-02-01', '2026-04-01')].join('\n'))
  expect(await nameProfile('crm:2')).toBe(second)
  expect(await sql`SELECT FROM onefold_out.profile_redirects`).toHaveLength(1)
  await bench.arrive('crm', [HEAD, gone(2, '2026-05-01')].join('\n'))
  expect(await sql`SELECT FROM onefold_out.profile_redirects`).toEqual([])
})

test('whom a person protected stays protected when the record that bore it is deleted (P14)', async () => {
  const other = '6,Mira,Ostrander,1984-03-07,m.o@postkahn.net,+441514960182,2026-02-01,'
  await take(MIRA, '2,Mirah,Ostrander,1984-03-07,mira.ostrander@mailhaven.net,,2026-02-01,')
  const by = { by: 'steward', lift: false }
  await protectProfile(bench.context, 'crm:1', by)
  await take('7,Berta,Castellan,1990-01-30,b.castellan@postkahn.net,+441514960182,2026-02-01,')
  await protectProfile(bench.context, 'crm:7', by)
  await take(gone(1, '2026-03-01'))
  const kept = await nameProfile('crm:2')
  const { sql } = bench.context.store
  expect(await sql`SELECT record_id FROM onefold.protections WHERE record_id = ${kept}`).toHaveLength(1)
  expect(await sql`SELECT subject FROM onefold.audit_log WHERE action = 'profile.protection_inherited'`).toHaveLength(1)
  await take(other.replace('6,', '7,').replace('2026-02-01', '2026-03-01'))
  expect(await nameProfile('crm:7')).not.toBe(await nameProfile('crm:2'))
  expect(await sql`SELECT reason FROM onefold.reviews`).toEqual([{ reason: 'protection' }])
})

test('a deletion that is older than what is known changes nothing, whenever it arrives', async () => {
  await take(MIRA, OLEG)
  await take(gone(1, '2026-01-01'))
  expect(await countPublished()).toBe(2)
  await nameProfile('crm:1')
})

test('what a person decided about a deleted record waits until it comes back', async () => {
  await take(MIRA, OLEG)
  await decidePair(bench.context, { left: 'crm:1', right: 'crm:4', verdict: 'same', by: 'steward' })
  await bench.run()
  expect(await countPublished()).toBe(1)
  await take(gone(4, '2026-03-01'))
  expect(await countPublished()).toBe(1)
  await take(OLEG.replace('2026-02-01', '2026-04-01'))
  expect(await nameProfile('crm:4')).toBe(await nameProfile('crm:1'))
})

test('what has bought goes on without the record that told who it was', async () => {
  await bench.ingest('shop', 'order,mail,quantity,price,at\nD1,mira.ostrander@mailhaven.net,1,10,2026-06-01')
  await take(MIRA)
  expect(await countPublished()).toBe(1)
  await take(gone(1, '2026-03-01'))
  const { sql } = bench.context.store
  expect(await sql`SELECT records, purchases, age_band FROM onefold_out.unified_profiles`).toEqual([
    { records: 1, purchases: 1, age_band: null },
  ])
})
