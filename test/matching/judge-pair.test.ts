import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DEFAULT_MODEL } from '../../src/matching/default-model.ts'
import { explainPair } from '../../src/matching/explain-pair.ts'
import { DEFAULT_IDENTIFIER_POLICIES } from '../../src/matching/identifier-policy.ts'
import { judgePair } from '../../src/matching/judge-pair.ts'
import type { JudgementRules } from '../../src/matching/judge-pair.ts'
import { removeBlockedValues } from '../../src/matching/remove-blocked-values.ts'
import type { NormalizedRecord } from '../../src/record/normalized-record.ts'
import { arbitraryRecord } from './arbitrary-record.ts'
import { buildRecord } from './build-record.ts'

const rules: JudgementRules = { model: DEFAULT_MODEL, policies: DEFAULT_IDENTIFIER_POLICIES, blocked: new Set() }
const anna: NormalizedRecord = buildRecord({
  given: ['anna'],
  family: ['vogel'],
  birthDate: { year: 1980, month: 5, day: 17 },
  emails: ['vogel@a.example'],
  phones: ['+493012345678'],
  address: { street: 'lindenweg', houseNumber: '5', city: 'bremen', postcode: '28195' },
})
const judged = (a: NormalizedRecord, b: NormalizedRecord, more: Partial<JudgementRules> = {}) =>
  judgePair(a, b, { ...rules, ...more })

describe('one household', () => {
  test('a couple that shares family name, address, phone and mailbox is two people', () => {
    const otto = { ...anna, given: ['otto'], birthDate: { year: 1978, month: 9, day: 2 } }
    expect(judged(anna, otto).verdict).toBe('distinct')
  })
  test('a child without a birth date is not merged into the parent', () => {
    const { birthDate: _, ...child } = { ...anna, given: ['greta'] }
    expect(judged(anna, child).verdict).toBe('distinct')
  })
  test('twins are at most a question', () => {
    expect(judged(anna, { ...anna, given: ['otto'] }).verdict).not.toBe('match')
  })
  test('adding shared household fields never makes two given names one person', () => {
    const { address: _a, phones: _p, emails: _e, ...bare } = { ...anna, given: ['otto'] }
    const apart = judged(anna, { ...bare, phones: [], emails: [] })
    const together = judged(anna, { ...anna, given: ['otto'] })
    expect([apart.verdict, together.verdict]).not.toContain('match')
  })
})

describe('an organisation', () => {
  const { address, phones } = anna
  const nordwind = buildRecord({ organisation: 'nordwind handel', address: address!, phones })
  test('is never the person who works there, whatever the two share', () => {
    expect(judged(nordwind, { ...anna, organisation: 'nordwind handel' }).verdict).not.toBe('match')
  })
  test('is found again under a longer name at its address, and another one at that address is not it', () => {
    const { phones: _, ...silent } = nordwind
    expect(judged(nordwind, { ...silent, phones: [], organisation: 'nordwind handel bremen' }).verdict).toBe('match')
    expect(judged(nordwind, { ...nordwind, organisation: 'suedlicht' }).verdict).not.toBe('match')
  })
  test('nothing merges on its name alone', () => {
    const bare = buildRecord({ organisation: 'nordwind handel' })
    expect(judged(bare, bare).verdict).toBe('distinct')
  })
})

describe('a passport', () => {
  const passport = (value: string) => ({ identifiers: [{ kind: 'passport_id' as const, value }] })
  const bearer = { ...buildRecord({ given: ['anna'], family: ['vogel'] }), ...passport('C01X00T47') }
  test('links its bearer under another given name or a new family name', () => {
    expect(judged(bearer, { ...bearer, given: ['wei'] }).identifierKind).toBe('passport_id')
    expect(judged(bearer, { ...bearer, family: ['schmidt'] }).identifierKind).toBe('passport_id')
  })
  test('does not link strangers: the number of another country, or a wrong one', () => {
    expect(judged(bearer, { ...bearer, given: ['otto'], family: ['schmidt'] }).verdict).not.toBe('match')
    const born = (year: number) => ({ ...bearer, birthDate: { year, month: 5, day: 17 } })
    expect(judged(born(1980), { ...born(1955), birthDate: { year: 1955, month: 9, day: 2 } }).verdict).not.toBe('match')
  })
  test('of another number makes two namesakes at one address a question', () => {
    const { address } = anna
    const namesake = { ...bearer, address: address! }
    const { identifiers: _, ...unnumbered } = namesake
    expect(judged({ ...unnumbered, identifiers: [] }, namesake).verdict).toBe('match')
    expect(judged({ ...namesake, ...passport('D02Y00T58') }, namesake).verdict).toBe('review')
  })
})

describe('one person', () => {
  test.each<[string, Partial<NormalizedRecord>]>([
    ['a nickname', { given: ['anni'] }],
    ['a moved household', { address: { street: 'hofgasse', houseNumber: '7', city: 'jena', postcode: '07743' } }],
    ['a mistyped birth date', { birthDate: { year: 1980, month: 5, day: 11 } }],
    ['a new family name', { family: ['schmidt'] }],
    ['a new number and mailbox', { phones: ['+498955512345'], emails: ['a@b.example'] }],
  ])('%s does not part her from herself', (_, change) => {
    expect(judged(anna, { ...anna, ...change }).verdict).toBe('match')
  })
  test('nothing merges on nothing, nor on a name alone', () => {
    expect(judged(buildRecord(), buildRecord()).verdict).toBe('distinct')
    const name = buildRecord({ given: ['anna'], family: ['vogel'] })
    expect(judged(name, name)).toMatchObject({ verdict: 'distinct', strengthBits: 0 })
  })
})

describe('identifiers', () => {
  const user = { kind: 'user_id', value: '7' } as const
  const device = { kind: 'device_id', value: 'd' } as const
  test('a shared login links whatever the rest says', () => {
    const judgement = judged(
      buildRecord({ given: ['anna'], identifiers: [user] }),
      buildRecord({ given: ['otto'], identifiers: [user] }),
    )
    expect(judgement).toMatchObject({ verdict: 'match', because: 'identifier', identifierKind: 'user_id' })
  })
  test('a shared mailbox links a record without a name, or with a like one, but never two names', () => {
    const nameless = buildRecord({ emails: anna.emails })
    expect(judged(anna, nameless)).toMatchObject({ because: 'identifier', identifierKind: 'email' })
    expect(judged(buildRecord({ given: ['anni'], emails: anna.emails }), anna).because).toBe('identifier')
    expect(judged(buildRecord({ given: ['otto'], emails: anna.emails }), anna).verdict).toBe('distinct')
  })
  test('a shared device does not link people born on different days', () => {
    const one = buildRecord({ birthDate: { year: 1980, month: 5, day: 17 }, identifiers: [device] })
    const other = buildRecord({ birthDate: { year: 2011, month: 2, day: 3 }, identifiers: [device] })
    expect(judged(one, other).verdict).toBe('distinct')
  })
  test('a mailbox of a function links nobody', () => {
    const info = buildRecord({
      ...{ emails: ['info@a.example'], identifiers: [{ kind: 'email', value: 'info@a.example' }] },
    })
    expect(judged(info, info).verdict).toBe('distinct')
  })
  test('a blocked value neither links nor weighs', () => {
    const record = buildRecord({ emails: ['vogel@a.example'], phones: ['+493012345678'] })
    const blocked = new Set(['email:vogel@a.example', 'phone:+493012345678'])
    expect(judged(record, record, { blocked }).score.parts).toEqual([])
  })
  test('a kind that is only evidence does not link', () => {
    const policies = {
      ...DEFAULT_IDENTIFIER_POLICIES,
      user_id: { ...DEFAULT_IDENTIFIER_POLICIES.user_id, mode: 'evidence' as const },
    }
    const record = buildRecord({ identifiers: [user] })
    const judgement = judged(record, record, { policies })
    expect(judgement.because).toBe('score')
    expect(judgement.score.weightBits).toBeGreaterThan(0)
  })
  test('the strongest shared kind is named', () => {
    const record = buildRecord({ emails: ['x@y.example'], identifiers: [device, user] })
    expect(judged(record, record).identifierKind).toBe('user_id')
  })
})

test("a person's decision outranks identifiers and scores", () => {
  const record = buildRecord({ identifiers: [{ kind: 'user_id', value: '7' }] })
  expect(judged(record, record, { decision: 'different' })).toMatchObject({ verdict: 'distinct', because: 'decision' })
  expect(judged(anna, buildRecord(), { decision: 'same' })).toMatchObject({ verdict: 'match', because: 'decision' })
})

test('names that contradict count against a merge even when the score asks for a look', () => {
  expect(judged(anna, { ...anna, given: ['otto'] }).strengthBits).toBeLessThanOrEqual(-12)
})

test('judging is symmetric, and blocking values twice is blocking them once', () => {
  const blocked = new Set(['email:info@web.example', 'user_id:1'])
  fc.assert(
    fc.property(arbitraryRecord, arbitraryRecord, (a, b) => {
      expect(judged(a, b, { blocked })).toEqual(judged(b, a, { blocked }))
      const once = removeBlockedValues(a, blocked)
      expect(removeBlockedValues(once, blocked)).toBe(once)
    }),
  )
})

test('an explanation adds up, agrees with the judgement and carries no personal value', () => {
  fc.assert(
    fc.property(arbitraryRecord, arbitraryRecord, (a, b) => {
      const explanation = explainPair(a, b, rules)
      expect(explanation.judgement).toEqual(judged(a, b))
      const sum = explanation.lines.reduce((bits, line) => bits + line.weightBits, explanation.priorBits)
      expect(sum).toBeCloseTo(explanation.totalBits, 9)
      const text = JSON.stringify(explanation)
      for (const value of ['schmi', 'robert', 'patri', 'web.example', '+49', 'linden', 'bremen', 'nordwind']) {
        expect(text).not.toContain(value)
      }
    }),
  )
})

test('explanations say why, and why not', () => {
  const otto = { ...anna, given: ['otto'], birthDate: { year: 1978, month: 9, day: 2 } }
  expect(explainPair(anna, otto, rules).sentence).toMatch(
    /^The records are kept apart: a probability of 0.2 % is below 50.0 %; what weighs most is household could be relatives and/,
  )
  expect(explainPair(anna, anna, { ...rules, decision: 'different' }).sentence).toContain('a person decided')
  expect(explainPair(buildRecord(), anna, rules).sentence).toContain('nothing to compare')
})
