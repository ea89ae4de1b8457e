import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { explainSeparation } from '../../src/pipeline/look/explain-separation.ts'
import { blockIdentifier } from '../../src/pipeline/review/block-identifier.ts'
import type { PairDecision } from '../../src/pipeline/review/decide-pair.ts'
import { findReview, nameReview } from '../../src/pipeline/review/find-review.ts'
import { protectProfile } from '../../src/pipeline/review/protect-profile.ts'
import { splitProfile } from '../../src/pipeline/review/split-profile.ts'
import { undoAct } from '../../src/pipeline/review/undo-act.ts'
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
  bench = await openBench('review')
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

describe('the review queue [C4]', () => {
  test('a doubt leaves it when it is decided, is put off when it cannot be told, and comes back when that is undone', async () => {
    await take(MIRA, DOUBTFUL)
    await bench.run()
    const { sql } = bench.context.store
    const [review] = await findReviews(sql, { limit: 9 })
    expect(review).toMatchObject({ reason: 'score', sourceA: 'crm', decided: null })
    const item = nameReview(review!)
    expect(await findReview(bench.context, item)).toEqual(review)
    await expect(findReview(bench.context, '00000000-00000000')).rejects.toMatchObject({ code: 'review.not_found' })
    const unsure = await decide('crm:1', 'crm:5', 'unsure')
    expect(await findReviews(sql, { limit: 9 })).toEqual([])
    await bench.run()
    expect(await findReviews(sql, { limit: 9 })).toEqual([])
    expect(await findReviews(sql, { limit: 9, all: true })).toMatchObject([{ decided: 'unsure' }])
    await undoAct(bench.context, unsure, BY)
    expect(await findReviews(sql, { limit: 9 })).toHaveLength(1)
    await decide('crm:1', 'crm:5', 'same')
    expect(await findReviews(sql, { limit: 9 })).toEqual([])
    await bench.run()
    expect(await findReviews(sql, { limit: 9, all: true })).toEqual([])
    expect(await profileSizes(bench.context)).toEqual([2])
    await expectVerified()
  })

  test('a match of two protected profiles waits in it, for a person to decide or for the protection to be lifted [C1]', async () => {
    await take(MIRA, MIRA_BY_PHONE)
    await bench.run()
    expect(await profileSizes(bench.context)).toEqual([1, 1])
    for (const key of ['crm:1', 'crm:3']) await protectProfile(bench.context, key, { ...BY, lift: false })
    await take(MIRAH)
    await bench.run()
    expect(await profileSizes(bench.context)).toEqual([2, 1])
    const { sql } = bench.context.store
    const [review] = await findReviews(sql, { limit: 9 })
    expect(review).toMatchObject({ reason: 'protection' })
    const { reasons } = await explainSeparation(bench.context, 'crm:1', 'crm:3')
    expect(reasons.map(({ kind }) => kind)).toContain('protection')
    await expectVerified()
    await protectProfile(bench.context, 'crm:3', { ...BY, lift: true })
    await bench.run()
    expect(await profileSizes(bench.context)).toEqual([3])
    await expectVerified()
  })
})

describe('identifiers that link nobody [B5]', () => {
  const shared = (key: number, last: string): string => `${key},Ina,${last},,office@brightmail.net,,,,`

  test('one that too many turn out to share parts whom it had joined before, in any order of arrival (P4)', async () => {
    const names = ['Fell', 'Fell', 'Moss', 'Fern', 'Lark', 'Birch', 'Reed', 'Vale', 'Wren', 'Stone', 'Brook', 'Heath']
    await take(...names.slice(0, 2).map((name, at) => shared(20 + at, name)))
    await bench.run()
    expect(await profileSizes(bench.context)).toEqual([2])
    await take(...names.slice(2).map((name, at) => shared(30 + at, name)))
    await bench.run()
    expect(Math.max(...(await profileSizes(bench.context)))).toBe(1)
    await expectVerified()
  })

  test('a person blocks one and lifts one, and no count overrules that (P14)', async () => {
    await take(shared(20, 'Fell'), shared(21, 'Fell'))
    await bench.run()
    const block = (lift: boolean) => blockIdentifier(bench.context, 'Office@brightmail.net', { ...BY, lift })
    await expect(block(true)).rejects.toMatchObject({ code: 'identifier.not_found' })
    expect(await block(false)).toEqual({ kinds: ['email'], records: 2, isNew: true })
    expect(await block(false)).toMatchObject({ records: 0, isNew: false })
    await bench.run()
    expect(await profileSizes(bench.context)).toEqual([1, 1])
    await expectVerified()
    expect(await block(true)).toMatchObject({ records: 2, isNew: true })
    await take(...Array.from({ length: 12 }, (_, at) => shared(40 + at, 'Fell')))
    await bench.run()
    expect(await profileSizes(bench.context)).toEqual([14])
    await expectVerified()
    const audit = await bench.context.store.sql`
      SELECT action, details ->> 'by' AS by FROM onefold.audit_log WHERE action LIKE 'identifier.%' ORDER BY seq`
    expect([...audit]).toEqual([
      { action: 'identifier.blocked', by: 'ada' },
      { action: 'identifier.lifted', by: 'ada' },
    ])
  })
})

describe('a split [C8]', () => {
  test('says which records of a profile cannot be split from it', async () => {
    await take(MIRA, MIRAH, OLEG)
    await bench.run()
    const split = (...records: string[]) => splitProfile(bench.context, { profile: 'crm:1', records, ...BY })
    await expect(split('crm:4')).rejects.toMatchObject({ code: 'split.not_members' })
    await expect(split('crm:1', 'crm:2')).rejects.toMatchObject({ code: 'split.nobody_stays' })
  })
})
