import { describe, expect, it } from 'vitest'
import { composeProfile } from '../../src/profile/compose-profile.ts'
import { diffProfile } from '../../src/profile/diff-profile.ts'
import { buildContribution } from './contributing-record.ts'

const before = composeProfile([
  buildContribution('rec_1', { given: ['anna'], sex: 'f', emails: ['a@example.org'], display: { job_title: 'Baker' } }),
])

describe('diffProfile', () => {
  it('finds nothing between equal profiles, nor between none and none', () => {
    expect(diffProfile(before, before)).toEqual([])
    expect(diffProfile(undefined, undefined)).toEqual([])
  })

  it('names what changed, came or went, in alphabetical order, the same in both directions', () => {
    const after = composeProfile([
      buildContribution('rec_1', {
        given: ['anne'],
        phones: ['+4930123456'],
        birthDate: { year: 1980 },
        display: { job_title: 'Baker' },
      }),
    ])
    const changed = ['birth_date', 'emails', 'given_name', 'phones', 'sex']
    expect(diffProfile(before, after)).toEqual(changed)
    expect(diffProfile(after, before)).toEqual(changed)
  })

  it('takes everything of a new profile as changed', () => {
    expect(diffProfile(undefined, before)).toEqual(['emails', 'given_name', 'job_title', 'sex'])
  })

  it('does not mind that another record says the same', () => {
    const after = composeProfile([
      buildContribution('rec_2', {
        given: ['anna'],
        sex: 'f',
        emails: ['a@example.org'],
        display: { job_title: 'Baker' },
      }),
    ])
    expect(diffProfile(before, after)).toEqual([])
  })
})
