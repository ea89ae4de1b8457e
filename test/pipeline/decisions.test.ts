import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { findSubject } from '../../src/pipeline/look/find-subject.ts'
import type { PairDecision } from '../../src/pipeline/review/decide-pair.ts'
import { listDecisions } from '../../src/pipeline/review/list-decisions.ts'
import { nameDecidablePair } from '../../src/pipeline/review/name-decidable.ts'
import { planDecisions } from '../../src/pipeline/review/plan-decisions.ts'
import { saveDecisions } from '../../src/pipeline/review/save-decisions.ts'
import { inTransaction } from '../../src/store/in-transaction.ts'
import { splitProfile } from '../../src/pipeline/review/split-profile.ts'
import { undoAct } from '../../src/pipeline/review/undo-act.ts'
import { loadDecidedPairs } from '../../src/store/decision/load-decided-pairs.ts'
import { takeUpDecisions } from '../../src/store/decision/take-up-decisions.ts'
import type { Tx } from '../../src/store/open-store.ts'
import { findReviews } from '../../src/store/decision/find-reviews.ts'
import {
  MIRA,
  MIRAH,
  MIRA_BY_PHONE,
  OLEG,
  DOUBTFUL,
  BY,
  decideOn,
  expectPromisesHeld,
  ingestLines,
} from './decided-people.ts'
import { type Bench, openBench, profileSizes } from './people-fixture.ts'

let bench: Bench
beforeEach(async () => {
  bench = await openBench('decisions')
})
afterEach(() => bench.close())

async function take(...lines: string[]): Promise<void> {
  await ingestLines(bench, lines)
}
async function decide(
  left: string,
  right: string,
  verdict: PairDecision['verdict'],
  more: object = {},
): Promise<string> {
  return decideOn(bench, { left, right, verdict, ...more })
}
async function expectVerified(): Promise<void> {
  await expectPromisesHeld(bench)
}
/** Which of the records are one person: their profiles, by key. */
async function profilesOf(...keys: string[]): Promise<string[]> {
  const found: string[] = []
  for (const key of keys) found.push(await findSubject(bench.context, `crm:${key}`))
  return found
}
async function snapshot(): Promise<unknown> {
  const { sql } = bench.context.store
  return {
    members: await sql`SELECT * FROM onefold.profile_members ORDER BY record_id`,
    judgements: await sql`
      SELECT record_a, record_b, verdict, weight_bits, in_group FROM onefold.judgements ORDER BY 1, 2`,
    reviews: await sql`SELECT record_a, record_b, reason, weight_bits FROM onefold.reviews ORDER BY 1, 2`,
    published: await sql`SELECT profile_id, records FROM onefold_out.unified_profiles ORDER BY 1`,
  }
}

describe('what a person decides [C8]', () => {
  test('joins strangers at the next run, and taking it back gives what was before, ids and all (P5)', async () => {
    await take(MIRA, MIRAH, OLEG)
    await bench.run()
    const before = await snapshot()
    const old = await findSubject(bench.context, 'crm:4')
    const act = await decide('crm:1', 'crm:4', 'same', { note: 'Oleg is her stage name' })
    expect(await profileSizes(bench.context)).toEqual([2, 1])
    await expectVerified()
    const { counts } = await bench.run()
    expect(counts).toMatchObject({ decisions: 1, profilesMerged: 1 })
    expect(await profileSizes(bench.context)).toEqual([3])
    expect(await findSubject(bench.context, `prf_${old}`)).toBe(await findSubject(bench.context, 'crm:1'))
    await expectVerified()
    await undoAct(bench.context, act, BY)
    await bench.run()
    expect(await snapshot()).toEqual(before)
    await expectVerified()
  })

  test('keeps apart what a score joined, and nothing that comes later brings it together again (P14)', async () => {
    await take(MIRA, MIRAH)
    await bench.run()
    await decide('crm:1', 'crm:2', 'different')
    await bench.run()
    expect(await profileSizes(bench.context)).toEqual([1, 1])
    await take(
      MIRA_BY_PHONE,
      '6,Mira,Ostrander,1984-03-07,mira.ostrander@mailhaven.net,+441514960182,12 Bramble Close,KB13 9TB,',
    )
    await bench.run()
    const [one, other] = await profilesOf('1', '2')
    expect(one).not.toBe(other)
    await expectVerified()
  })

  test('outranks newer versions of the records, a repeated delivery and a new start from their keys', async () => {
    await take(MIRA, MIRAH, OLEG)
    await bench.run()
    await decide('crm:1', 'crm:2', 'different')
    await decide('crm:1', 'crm:4', 'same')
    await bench.run()
    const decided = await profilesOf('1', '2', '4')
    await take(MIRA, MIRAH, OLEG)
    await take(
      MIRA.replace('2026-01-01', '2026-02-01'),
      MIRAH.replace('Mirah', 'Mira').replace('2026-01-02', '2026-02-02'),
    )
    await bench.run()
    expect(await profilesOf('1', '2', '4')).toEqual(decided)
    const { sql } = bench.context.store
    await sql`DELETE FROM onefold.judgements`
    await sql`UPDATE onefold.records SET resolution = 'keyed'`
    await bench.run()
    expect(await profilesOf('1', '2', '4')).toEqual(decided)
    expect(decided[0]).toBe(decided[2])
    expect(decided[0]).not.toBe(decided[1])
    await expectVerified()
  })

  test('is the same whether it came before or after the records that others bring', async () => {
    await take(MIRA, MIRAH)
    await bench.run()
    await decide('crm:1', 'crm:2', 'different')
    await take(MIRA_BY_PHONE, DOUBTFUL)
    await bench.run()
    const early = await snapshot()
    await bench.close()
    bench = await openBench('decisions')
    await take(MIRA, MIRAH)
    await take(MIRA_BY_PHONE, DOUBTFUL)
    await bench.run()
    await decide('crm:1', 'crm:2', 'different')
    await bench.run()
    expect(await snapshot()).toEqual(early)
  })

  test('takes records out of a profile, each for itself, whatever holds them', async () => {
    await take(MIRA, MIRAH, MIRA_BY_PHONE)
    await bench.run()
    expect(await profileSizes(bench.context)).toEqual([3])
    const { actId, pairs } = await splitProfile(bench.context, { profile: 'crm:1', records: ['crm:2', 'crm:3'], ...BY })
    expect(pairs).toHaveLength(2)
    await bench.run()
    const [one, two, three] = await profilesOf('1', '2', '3')
    expect([one === two, two === three]).toEqual([false, true])
    await expectVerified()
    await undoAct(bench.context, actId ?? '', BY)
    await bench.run()
    expect(await profileSizes(bench.context)).toEqual([3])
    await expectVerified()
  })

  test('takes a visitor out with all visits, and back again, though nothing that visits stays behind (P5)', async () => {
    await take(MIRA)
    await bench.ingest(
      'web',
      'id,cookie,user,mail,kind,at\na,c1,u1,mira.ostrander@mailhaven.net,page,2026-06-01T10:00:00Z\n',
    )
    await bench.run()
    const { sql } = bench.context.store
    const [web] = await sql<{ id: string }[]>`SELECT record_id AS id FROM onefold.records WHERE source = 'web'`
    const visitor = `rec_${web?.id}`
    const findVisits = () => sql`SELECT profile_id FROM onefold.sessions`
    const before = await findVisits()
    expect([...before]).toEqual([{ profile_id: await findSubject(bench.context, 'crm:1') }])
    const { actId } = await splitProfile(bench.context, { profile: 'crm:1', records: [visitor], ...BY })
    await bench.run()
    expect([...(await findVisits())]).toEqual([{ profile_id: await findSubject(bench.context, visitor) }])
    expect([...(await findVisits())]).not.toEqual([...before])
    await expectVerified()
    await undoAct(bench.context, actId ?? '', BY)
    await bench.run()
    expect([...(await findVisits())]).toEqual([...before])
    await expectVerified()
  })

  test('is in the audit chain with who, of whom and a hash of why; the reason itself is sealed (P19)', async () => {
    await take(MIRA, OLEG)
    const note = 'Oleg told me on the phone'
    await decide('crm:1', 'crm:4', 'same', { note })
    const { sql } = bench.context.store
    const [entry] = await sql<{ details: Record<string, unknown> }[]>`
      SELECT details FROM onefold.audit_log WHERE action = 'decision.same'`
    expect(entry?.details).toMatchObject({ by: 'ada', other: expect.any(String), noteHash: expect.any(String) })
    const [stored] = await sql<{ text: string }[]>`SELECT decisions::text AS text FROM onefold.decisions`
    expect(JSON.stringify(entry) + stored?.text).not.toMatch(/phone|oleg told/i)
    expect(await listDecisions(bench.context, { limit: 9 })).toMatchObject([{ verdict: 'same', note: undefined }])
    expect(await listDecisions(bench.context, { limit: 9, about: 'crm:4', reveal: true })).toMatchObject([{ note }])
    expect(await listDecisions(bench.context, { limit: 9, about: 'crm:1' })).toHaveLength(1)
  })
})

describe('decisions meet each other (P13)', () => {
  test('of two at the same time one is kept and the other is told', async () => {
    await take(MIRA, OLEG)
    const outcomes = await Promise.allSettled([
      decide('crm:1', 'crm:4', 'same'),
      decide('crm:4', 'crm:1', 'different', { by: 'ben' }),
    ])
    const lost = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []))
    expect(lost).toEqual([expect.objectContaining({ code: expect.stringMatching(/^decision\.(raced|exists)$/) })])
    expect(await bench.context.store.sql`SELECT 1 FROM onefold.decisions`).toHaveLength(1)
  })

  test('the queue shows one of several that cannot be between two profiles, and that is no breach', async () => {
    await take(
      MIRA,
      OLEG,
      '7,Edda,Quist,1990-01-02,edda@quistpost.net,,,,',
      '8,Ute,Harr,1955-05-06,ute@harrpost.net,,,,',
    )
    for (const [left, right] of ['14', '78', '47', '18', '48']) await decide(`crm:${left}`, `crm:${right}`, 'same')
    await decide('crm:1', 'crm:7', 'different')
    await bench.run()
    expect(await findReviews(bench.context.store.sql, { limit: 9 })).toMatchObject([{ reason: 'never_link' }])
    await expectVerified()
  })

  test('one that rests on what somebody else has changed since is refused', async () => {
    await take(MIRA, OLEG)
    const { context } = bench
    await inTransaction(context.store.sql, async (tx) => {
      const pair = await nameDecidablePair(context, tx, 'crm:1', 'crm:4')
      const planned = await planDecisions(tx, [pair], 'different', false)
      await decide('crm:1', 'crm:4', 'same')
      await expect(saveDecisions(context, tx, { by: 'ben' }, planned)).rejects.toMatchObject({ code: 'decision.raced' })
    })
    expect(await listDecisions(context, { limit: 9 })).toMatchObject([{ verdict: 'same', decidedBy: 'ada' }])
  })

  test('an opposite one needs to be meant, the same one twice is one, and undoing gives back what it replaced', async () => {
    await take(MIRA, OLEG)
    await decide('crm:1', 'crm:4', 'same')
    expect(await decide('crm:1', 'crm:4', 'same')).toBe('nothing')
    await expect(decide('crm:1', 'crm:4', 'different')).rejects.toMatchObject({
      code: 'decision.exists',
      details: { decided: 'same', by: 'ada' },
    })
    const second = await decide('crm:1', 'crm:4', 'different', { replace: true })
    await bench.run()
    expect(await profileSizes(bench.context)).toEqual([1, 1])
    await undoAct(bench.context, second, BY)
    await expect(undoAct(bench.context, second, BY)).rejects.toMatchObject({ code: 'decision.superseded' })
    await bench.run()
    expect(await profileSizes(bench.context)).toEqual([2])
    await expectVerified()
  })

  test('two profiles of which a person keeps records apart are not merged by another', async () => {
    await take(MIRA, MIRAH, OLEG)
    await bench.run()
    await decide('crm:2', 'crm:4', 'different')
    await expect(decide('crm:1', 'crm:4', 'same')).rejects.toMatchObject({ code: 'decision.forbidden' })
    await bench.run()
    expect(await profileSizes(bench.context)).toEqual([2, 1])
  })

  test('of a cycle of decisions that cannot all be, apart wins, and the queue shows the one that is not so', async () => {
    await take(MIRA, OLEG, '7,Edda,Quist,1990-01-02,edda@quistpost.net,,,,')
    await decide('crm:1', 'crm:4', 'same')
    await decide('crm:4', 'crm:7', 'same')
    await decide('crm:1', 'crm:7', 'different')
    await bench.run()
    expect(await profileSizes(bench.context)).toEqual([2, 1])
    expect(await findReviews(bench.context.store.sql, { limit: 9 })).toMatchObject([
      { reason: 'never_link', weightBits: null, decided: 'same' },
    ])
    await expectVerified()
  })

  test('one is taken up by one run, and one made while a run clusters by the next', async () => {
    await take(MIRA, OLEG)
    await bench.run()
    await decide('crm:1', 'crm:4', 'same')
    const { sql } = bench.context.store
    await sql.begin(async (tx) => {
      await takeUpDecisions(tx)
      await decide('crm:1', 'crm:4', 'different', { replace: true })
      // What this run sees is the first decision alone, whatever was decided since.
      expect(await loadDecidedPairs(tx as unknown as Tx)).toMatchObject([{ verdict: 'same' }])
    })
    expect((await bench.run()).counts).toMatchObject({ decisions: 1 })
    expect((await bench.run()).counts).not.toHaveProperty('decisions')
    expect(await profileSizes(bench.context)).toEqual([1, 1])
    await expectVerified()
  })
})
