import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type {
  ContributingRecord,
  SurvivorshipPolicy,
  SurvivorshipStrategy,
} from '../../src/profile/composed-profile.ts'
import { composeProfile } from '../../src/profile/compose-profile.ts'
import { DEFAULT_SURVIVORSHIP } from '../../src/profile/default-survivorship.ts'
import { buildContribution } from './contributing-record.ts'

const STRATEGIES = [
  'most_recent',
  'oldest',
  'most_trusted',
  'most_complete',
  'most_frequent',
  'longest',
  'aggregate',
] as const

function policyOf(strategy: SurvivorshipStrategy): SurvivorshipPolicy {
  return { attributes: {}, groups: [], otherwise: strategy }
}

function titled(recordId: string, title: string, from: Partial<ContributingRecord> = {}): ContributingRecord {
  return buildContribution(recordId, { display: { job_title: title } }, from)
}

const contributions: fc.Arbitrary<ContributingRecord[]> = fc.uniqueArray(
  fc
    .record({
      recordId: fc.nat({ max: 50 }).map((n) => `rec_${n}`),
      source: fc.constantFrom('crm', 'shop', 'web'),
      trust: fc.constantFrom(0.2, 0.5, 0.9),
      updatedAt: fc.option(fc.nat({ max: 3 }), { nil: undefined }),
      seq: fc.nat({ max: 3 }),
      given: fc.option(fc.constantFrom('anna', 'anne', 'ann'), { nil: undefined }),
      birthYear: fc.option(fc.constantFrom(1980, 1981), { nil: undefined }),
      city: fc.option(fc.constantFrom('ulm', 'bonn'), { nil: undefined }),
      postcode: fc.option(fc.constantFrom('89073', '53111'), { nil: undefined }),
      title: fc.option(fc.constantFrom('Baker', 'BAKER', 'Cook'), { nil: undefined }),
      emails: fc.uniqueArray(fc.constantFrom('a@example.org', 'b@example.org', 'c@example.org'), { maxLength: 2 }),
    })
    .map(({ recordId, source, trust, updatedAt, seq, given, birthYear, city, postcode, title, emails }) => ({
      recordId,
      source,
      trust,
      seq,
      ...(updatedAt === undefined ? {} : { updatedAt }),
      record: {
        ...(given ? { given: [given] } : {}),
        ...(birthYear ? { birthDate: { year: birthYear } } : {}),
        ...(city || postcode ? { address: { ...(city ? { city } : {}), ...(postcode ? { postcode } : {}) } } : {}),
        emails,
        phones: [],
        identifiers: [],
        display: title ? { job_title: title } : {},
      },
    })),
  { selector: (contribution) => contribution.recordId, maxLength: 8 },
)

const policies: fc.Arbitrary<SurvivorshipPolicy> = fc.oneof(
  fc.constant(DEFAULT_SURVIVORSHIP),
  fc.constantFrom(...STRATEGIES).map((otherwise) => ({ ...policyOf(otherwise), groups: DEFAULT_SURVIVORSHIP.groups })),
  fc.constantFrom(...STRATEGIES).map(policyOf),
)

describe('composeProfile', () => {
  it('is empty for no records', () => {
    expect(composeProfile([])).toEqual({ attributes: {}, emails: [], phones: [], records: 0, sources: [] })
  })

  it.each<[SurvivorshipStrategy, string, string]>([
    ['most_recent', 'rec_3', 'Cook'],
    ['oldest', 'rec_1', 'Head of bakery'],
    ['most_trusted', 'rec_2', 'Baker'],
    ['most_complete', 'rec_1', 'Head of bakery'],
    ['most_frequent', 'rec_2', 'Baker'],
    ['longest', 'rec_1', 'Head of bakery'],
  ])('%s takes the value of %s', (strategy, recordId, value) => {
    const records = [
      buildContribution('rec_1', { given: ['anna'], display: { job_title: 'Head of bakery' } }, { updatedAt: 1 }),
      titled('rec_2', 'Baker', { updatedAt: 2, trust: 0.9 }),
      titled('rec_3', 'Cook', { updatedAt: 4 }),
      titled('rec_4', 'BAKER', { updatedAt: 3 }),
    ]
    expect(composeProfile(records, policyOf(strategy)).attributes.job_title).toMatchObject({
      value,
      recordId,
      strategy,
    })
  })

  it('counts two spellings of one value as two votes for it', () => {
    const records = [titled('rec_1', 'Baker'), titled('rec_2', 'BAKER'), titled('rec_3', 'Cook', { trust: 0.9 })]
    expect(composeProfile(records, policyOf('most_frequent')).attributes.job_title).toMatchObject({
      value: 'Baker',
      recordIds: ['rec_1', 'rec_2'],
    })
  })

  it('aggregates to each distinct value once, in its best spelling', () => {
    const records = [titled('rec_1', 'Cook'), titled('rec_2', 'BAKER'), titled('rec_3', 'Baker', { trust: 0.9 })]
    expect(composeProfile(records, policyOf('aggregate')).attributes.job_title).toEqual({
      value: ['Baker', 'Cook'],
      recordId: 'rec_3',
      recordIds: ['rec_1', 'rec_2', 'rec_3'],
      strategy: 'aggregate',
    })
  })

  it('names every record that says the same', () => {
    const records = [titled('rec_9', 'baker'), titled('rec_2', 'Baker'), titled('rec_3', 'Cook', { trust: 0.1 })]
    expect(composeProfile(records).attributes.job_title).toEqual({
      value: 'Baker',
      recordId: 'rec_2',
      recordIds: ['rec_2', 'rec_9'],
      strategy: 'most_recent',
    })
  })

  it('prefers a known time to an unknown one, for the newest and for the oldest', () => {
    const records = [titled('rec_1', 'Known', { updatedAt: 5, seq: 1 }), titled('rec_2', 'Unknown', { seq: 9 })]
    expect(composeProfile(records, policyOf('most_recent')).attributes.job_title?.value).toBe('Known')
    expect(composeProfile(records, policyOf('oldest')).attributes.job_title?.value).toBe('Known')
  })

  it('falls back on the order of arrival when no source gives a time', () => {
    const records = [titled('rec_2', 'First', { seq: 1 }), titled('rec_1', 'Second', { seq: 2 })]
    expect(composeProfile(records, policyOf('most_recent')).attributes.job_title?.value).toBe('Second')
    expect(composeProfile(records, policyOf('oldest')).attributes.job_title?.value).toBe('First')
  })

  it('ends every tie at the smaller record id', () => {
    const records = [titled('rec_b', 'Baker'), titled('rec_a', 'Maker')]
    for (const strategy of STRATEGIES) {
      if (strategy === 'aggregate') continue
      expect(composeProfile(records, policyOf(strategy)).attributes.job_title?.recordId).toBe('rec_a')
    }
  })

  it('never mixes two addresses', () => {
    const records = [
      buildContribution('rec_1', { address: { street: 'am markt', houseNumber: '1', city: 'ulm' } }, { updatedAt: 1 }),
      buildContribution('rec_2', { address: { city: 'bonn', postcode: '53111' } }, { updatedAt: 2 }),
    ]
    const { attributes } = composeProfile(records)
    expect(Object.keys(attributes)).toEqual(['city', 'postcode'])
    expect(attributes.city).toMatchObject({ value: 'bonn', recordId: 'rec_2' })
    const complete = {
      ...DEFAULT_SURVIVORSHIP,
      groups: [{ attributes: ['street', 'city'], strategy: 'most_complete' as const }],
    }
    expect(composeProfile(records, complete).attributes.city?.value).toBe('ulm')
  })

  it('follows a steward, for the whole group, while the record says something', () => {
    const records = [
      buildContribution('rec_1', { given: ['anna'], address: { city: 'ulm', postcode: '89073' } }, { updatedAt: 1 }),
      buildContribution('rec_2', { given: ['ann'], address: { city: 'bonn' } }, { updatedAt: 2, trust: 0.9 }),
    ]
    const pins = [
      { attribute: 'city', recordId: 'rec_1' },
      { attribute: 'given_name', recordId: 'rec_1' },
      { attribute: 'birth_date', recordId: 'rec_1' },
      { attribute: 'sex', recordId: 'rec_gone' },
    ]
    const { attributes } = composeProfile(records, DEFAULT_SURVIVORSHIP, pins)
    expect(attributes.given_name).toMatchObject({ value: 'anna', strategy: 'pinned' })
    expect(attributes.city).toMatchObject({ value: 'ulm', strategy: 'pinned' })
    expect(attributes.postcode).toMatchObject({ value: '89073', strategy: 'pinned' })
    expect(attributes.birth_date).toBeUndefined()
  })

  it('shows names as their source spells them', () => {
    const record = buildContribution('rec_1', {
      given: ['asa'],
      family: ['oberg'],
      birthDate: { year: 1980, month: 2 },
      display: { given_name: 'Åsa', family_name: 'Öberg' },
    })
    const { attributes } = composeProfile([record])
    expect(attributes.given_name?.value).toBe('Åsa')
    expect(attributes.family_name?.value).toBe('Öberg')
    expect(attributes.birth_date?.value).toBe('1980-02')
  })

  it('puts the contact to use first, and names who names it', () => {
    const records = [
      buildContribution(
        'rec_1',
        { emails: ['a@example.org', 'b@example.org'], phones: ['+4930123456'] },
        { updatedAt: 1 },
      ),
      buildContribution('rec_2', { emails: ['b@example.org', 'c@example.org'] }, { updatedAt: 2 }),
    ]
    const profile = composeProfile(records)
    expect(profile.emails).toEqual([
      { value: 'b@example.org', recordIds: ['rec_1', 'rec_2'] },
      { value: 'c@example.org', recordIds: ['rec_2'] },
      { value: 'a@example.org', recordIds: ['rec_1'] },
    ])
    expect(profile.phones).toEqual([{ value: '+4930123456', recordIds: ['rec_1'] }])
  })

  it('does not depend on the order of the records', () => {
    const shuffled = contributions.chain((records) =>
      fc.tuple(fc.constant(records), fc.shuffledSubarray(records, { minLength: records.length }), policies),
    )
    fc.assert(
      fc.property(shuffled, ([records, other, policy]) => {
        expect(composeProfile(other, policy)).toEqual(composeProfile(records, policy))
      }),
      { numRuns: 500 },
    )
  })

  it('invents nothing: every value is what its record says', () => {
    fc.assert(
      fc.property(contributions, policies, (records, policy) => {
        const profile = composeProfile(records, policy)
        for (const [name, { value, recordId, recordIds }] of Object.entries(profile.attributes)) {
          const alone = composeProfile(
            records.filter((record) => record.recordId === recordId),
            policyOf('longest'),
          )
          expect(alone.attributes[name]?.value).toBe(typeof value === 'string' ? value : value[0])
          expect(recordIds).toContain(recordId)
        }
      }),
    )
  })

  it('is the record itself when there is only one', () => {
    fc.assert(
      fc.property(contributions, fc.constantFrom(...STRATEGIES), (records, strategy) => {
        const only = records.slice(0, 1)
        fc.pre(only.length === 1 && strategy !== 'aggregate')
        const values = (by: SurvivorshipStrategy) =>
          Object.entries(composeProfile(only, policyOf(by)).attributes).map(([name, { value }]) => [name, value])
        expect(values(strategy)).toEqual(values('longest'))
      }),
    )
  })
})
