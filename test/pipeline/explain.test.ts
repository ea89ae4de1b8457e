import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { explainProfile } from '../../src/pipeline/look/explain-profile.ts'
import { explainRecords } from '../../src/pipeline/look/explain-records.ts'
import { explainSeparation } from '../../src/pipeline/look/explain-separation.ts'
import { findSubject } from '../../src/pipeline/look/find-subject.ts'
import { decidePair } from '../../src/pipeline/review/decide-pair.ts'
import { inventPeople } from '../engine/invent-people.ts'
import { MIRA, MIRAH, MIRA_BY_PHONE, OLEG, ingestLines } from './decided-people.ts'
import { type Bench, openBench, profileSizes } from './people-fixture.ts'

let bench: Bench
beforeEach(async () => {
  bench = await openBench('explain')
})
afterEach(() => bench.close())

async function take(...lines: string[]): Promise<void> {
  await ingestLines(bench, lines)
}
async function kindsOf(a: string, b: string): Promise<string[]> {
  return (await explainSeparation(bench.context, a, b)).reasons.map(({ kind }) => kind)
}

describe('why two records are one person [C7]', () => {
  test('every comparison has a running total that ends in the sum, and masked values of both', async () => {
    await take(MIRA, MIRAH)
    await bench.run()
    const explained = await explainRecords(bench.context, 'crm:1', 'crm:2')
    const { lines, totalBits, priorBits } = explained.explanation
    expect(lines.at(-1)?.runningBits).toBeCloseTo(totalBits, 9)
    expect(lines[0]?.runningBits).toBeCloseTo(priorBits + (lines[0]?.weightBits ?? 0), 9)
    expect(lines.find(({ comparison }) => comparison === 'given_name')).toMatchObject({
      left: ['m•••'],
      right: ['m•••'],
    })
    expect(lines.find(({ comparison }) => comparison === 'birth_date')).toMatchObject({ left: ['•••84-•••-•••'] })
    expect(lines.find(({ comparison }) => comparison === 'email')).toMatchObject({ label: 'missing', right: [] })
    expect(JSON.stringify(explained)).not.toMatch(/mira|ostrander|mailhaven|bramble|441514/i)
    expect(explained).toMatchObject({ sameProfile: true, isAsStored: true, stored: { verdict: 'match' } })
  })

  test('values are clear only for whom the audit log names', async () => {
    await take(MIRA, MIRAH)
    await bench.run()
    const { sql } = bench.context.store
    const countReveals = () => sql`SELECT 1 FROM onefold.audit_log WHERE action = 'records.revealed'`
    await explainRecords(bench.context, 'crm:1', 'crm:2')
    expect(await countReveals()).toHaveLength(0)
    const { explanation } = await explainRecords(bench.context, 'crm:1', 'crm:2', { reveal: true })
    expect(explanation.lines.find(({ comparison }) => comparison === 'given_name')).toMatchObject({ right: ['mirah'] })
    expect(await countReveals()).toHaveLength(1)
  })

  test('what is stored of every pair is what judging it anew says, in either order (P20)', async () => {
    const { rows } = inventPeople(40, 7)
    const lines = rows.map(([id, first, last, born, mail = '', town], at) => {
      const seen = at % 3 === 0 ? mail.replace('example.org', 'mailhaven.net') : ''
      return `${id},${first},${last},${born},${seen},,${at % 9} ${town} Row,KB${at % 4} 9TB,2026-01-01`
    })
    await take(...lines)
    await bench.run()
    const pairs = await bench.context.store.sql<{ a: string; b: string }[]>`
      SELECT record_a AS a, record_b AS b FROM onefold.judgements`
    expect(pairs.length).toBeGreaterThan(20)
    for (const { a, b } of pairs) {
      expect((await explainRecords(bench.context, `rec_${a}`, `rec_${b}`)).isAsStored).toBe(true)
      expect((await explainRecords(bench.context, `rec_${b}`, `rec_${a}`)).isAsStored).toBe(true)
    }
  })

  test('a judgement that was tampered with is found', async () => {
    await take(MIRA, MIRAH)
    await bench.run()
    await bench.context.store.sql`UPDATE onefold.judgements SET weight_bits = weight_bits + 1`
    expect((await explainRecords(bench.context, 'crm:1', 'crm:2')).isAsStored).toBe(false)
  })

  test('a record may be named by an identifier that it alone carries', async () => {
    await take(MIRA, MIRAH, OLEG)
    await bench.run()
    const mail = MIRA.split(',').find((cell) => cell.includes('@')) ?? ''
    const explained = await explainRecords(bench.context, mail, 'crm:2')
    expect(explained.explanation).toEqual((await explainRecords(bench.context, 'crm:1', 'crm:2')).explanation)
  })

  test('of an identifier that several records carry their ids are told', async () => {
    await take(MIRAH, MIRA_BY_PHONE, OLEG)
    await bench.run()
    const phone = MIRA_BY_PHONE.split(',').find((cell) => cell.startsWith('+')) ?? ''
    await expect(explainRecords(bench.context, phone, 'crm:4')).rejects.toMatchObject({ code: 'record.ambiguous' })
  })

  test('a record is not compared with itself', async () => {
    await take(MIRA)
    await expect(explainRecords(bench.context, 'crm:1', 'crm:1')).rejects.toMatchObject({ code: 'record.same' })
  })
})

describe('how a profile was built [C7]', () => {
  test('each record but the first came in by one pair, the weakest is named, and what would leave if it were cut', async () => {
    await take(MIRA, MIRAH, MIRA_BY_PHONE, OLEG)
    await bench.run()
    expect(await profileSizes(bench.context)).toEqual([3, 1])
    const profileId = await findSubject(bench.context, 'crm:1')
    const { records, joins, weakest, isAsStored } = await explainProfile(bench.context, profileId)
    const [first, second, third] = records.map(({ recordId }) => recordId)
    expect(first).toBe(profileId)
    expect(joins).toHaveLength(2)
    const phone = joins.find(({ because }) => because === 'phone')
    expect(phone).toMatchObject({ strengthBits: 52 })
    expect(new Set([phone?.a, phone?.b])).toEqual(new Set([second, third]))
    const bits = joins.map(({ strengthBits }) => strengthBits)
    expect(bits).toEqual(bits.toSorted((x, y) => y - x))
    expect(weakest).toBe(1)
    expect(joins[1]).toMatchObject({ because: 'score', furtherMatches: expect.any(Number) })
    for (const { leavingIfParted } of joins) expect(leavingIfParted).not.toContain(first)
    expect(joins[1]?.leavingIfParted).not.toEqual([])
    expect(isAsStored).toBe(true)
  })

  test('a single record has nothing to tell, and a change that no run has seen is told', async () => {
    await take(MIRA, OLEG)
    await bench.run()
    const profileId = await findSubject(bench.context, 'crm:4')
    expect(await explainProfile(bench.context, profileId)).toMatchObject({ joins: [], isAsStored: true })
    await bench.context.store.sql`
      UPDATE onefold.profile_members SET profile_id = ${profileId} WHERE profile_id <> ${profileId}`
    expect(await explainProfile(bench.context, profileId)).toMatchObject({ isAsStored: false })
  })
})

describe('why two records were kept apart [C7]', () => {
  test('strangers have too few bits and are not compared', async () => {
    await take(MIRA, OLEG)
    expect(await kindsOf('crm:1', 'crm:4')).toEqual(['not_resolved_yet', 'below_threshold'])
    await bench.run()
    const explained = await explainSeparation(bench.context, 'crm:1', 'crm:4')
    expect(explained).toMatchObject({ comparedBy: [], reasons: [{ kind: 'below_threshold' }] })
    expect(JSON.stringify(explained)).not.toMatch(/mira|ostrander|oleg|tamsin/i)
  })

  test('there is nothing to tell of two that are one', async () => {
    await take(MIRA, MIRAH)
    await bench.run()
    expect(await kindsOf('crm:1', 'crm:2')).toEqual([])
  })

  test('names that contradict outweigh a score that would do', async () => {
    const twin = '5,Bertram,Ostrander,1984-03-07,mira.ostrander@mailhaven.net,+441514960182,12 Bramble Close,KB13 9TB,'
    await take(
      `1,Mira,Ostrander,1984-03-07,mira.ostrander@mailhaven.net,+441514960182,12 Bramble Close,KB13 9TB,`,
      twin,
    )
    await bench.run()
    const explained = await explainSeparation(bench.context, 'crm:1', 'crm:5')
    expect(explained.reasons).toEqual([{ kind: 'contradicted', totalBits: explained.explanation.totalBits }])
    expect(explained.comparedBy).toContain('email')
  })

  test('two logins on one device exceed what a profile may have', async () => {
    await bench.ingest(
      'web',
      'id,cookie,user,mail,kind,at\na,c1,u1,,page,2026-06-01T10:00:00Z\nb,c1,u2,,page,2026-06-01T10:10:00Z\n',
    )
    await bench.run()
    const ids = await bench.context.store.sql<
      { id: string }[]
    >`SELECT record_id AS id FROM onefold.records ORDER BY seq`
    const [one, other] = ids.map(({ id }) => `rec_${id}`)
    const { reasons } = await explainSeparation(bench.context, one!, other!)
    expect(reasons).toMatchObject([
      { kind: 'identifier_limit', exceeded: [{ identifierKind: 'user_id', together: 2, allowed: 1 }] },
    ])
  })

  test('a record that fits two people is no bridge: what contradicts is named', async () => {
    await take(
      '6,Anna,Kestrel,1960-02-03,kestrel@postkahn.net,,,,2026-01-01',
      '7,Otto,Kestrel,1962-08-09,kestrel@postkahn.net,,,,2026-01-01',
      '8,,Kestrel,,kestrel@postkahn.net,,,,2026-01-01',
    )
    await bench.run()
    const together = await findSubject(bench.context, 'crm:8')
    const apart = together === (await findSubject(bench.context, 'crm:6')) ? 'crm:7' : 'crm:6'
    const { reasons } = await explainSeparation(bench.context, 'crm:8', apart)
    expect(reasons).toMatchObject([{ kind: 'cohesion', against: [{ strengthBits: expect.any(Number) }] }])
  })

  test('a match that shares no key is told from one whose keys too many have', async () => {
    await take(MIRA, MIRAH)
    await bench.run()
    const { sql } = bench.context.store
    await sql`DELETE FROM onefold.judgements`
    await sql`UPDATE onefold.profile_members SET profile_id = record_id`
    const narrow = {
      ...bench.context,
      settings: { ...bench.context.settings, identity: { ...bench.context.settings.identity, max_block: 1 } },
    }
    const { reasons } = await explainSeparation(narrow, 'crm:1', 'crm:2')
    expect(reasons).toMatchObject([{ kind: 'keys_too_common' }])
    await sql`DELETE FROM onefold.blocking_keys`
    expect(await kindsOf('crm:1', 'crm:2')).toEqual(['no_shared_key'])
  })
})

describe('explanations know of decisions [C7]', () => {
  test('why, how and why-not name who decided, and what the score says without', async () => {
    await take(MIRA, MIRAH, OLEG)
    await bench.run()
    await decidePair(bench.context, { left: 'crm:1', right: 'crm:4', verdict: 'same', by: 'ada' })
    const pending = await explainRecords(bench.context, 'crm:1', 'crm:4')
    expect(pending.decision).toMatchObject({ verdict: 'same', decidedBy: 'ada', isTakenUp: false })
    expect(pending.explanation.judgement).toMatchObject({ because: 'score', verdict: 'distinct' })
    await decidePair(bench.context, { left: 'crm:1', right: 'crm:2', verdict: 'different', by: 'ada' })
    await bench.run()
    const same = await explainRecords(bench.context, 'crm:1', 'crm:4')
    expect(same.explanation.judgement).toMatchObject({ because: 'decision', verdict: 'match' })
    expect(same.decision?.otherwise).toContain('kept apart')
    const different = await explainRecords(bench.context, 'crm:1', 'crm:2')
    expect(different).toMatchObject({ sameProfile: false, isAsStored: true, stored: { verdict: 'match' } })
    expect(different.explanation.sentence).toContain('a person decided')
    const { reasons } = await explainSeparation(bench.context, 'crm:1', 'crm:2')
    expect(reasons).toMatchObject([{ kind: 'decision', decidedBy: 'ada' }])
    const how = await explainProfile(bench.context, await findSubject(bench.context, 'crm:1'))
    expect(how).toMatchObject({ joins: [{ because: 'decision', strengthBits: Infinity }], isAsStored: true })
  })
})
