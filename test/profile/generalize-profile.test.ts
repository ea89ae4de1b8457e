import { describe, expect, it } from 'vitest'
import { composeProfile } from '../../src/profile/compose-profile.ts'
import { generalizeProfile } from '../../src/profile/generalize-profile.ts'
import { buildContribution } from './contributing-record.ts'

const AS_OF = Date.UTC(2026, 5, 15)

describe('generalizeProfile', () => {
  it('says nothing that names the person', () => {
    const profile = composeProfile([
      buildContribution('rec_1', {
        given: ['anna'],
        family: ['lindqvist'],
        birthDate: { year: 1990, month: 3, day: 17 },
        sex: 'f',
        emails: ['anna@lindqvist.example'],
        phones: ['+4930123456'],
        address: { street: 'am markt', houseNumber: '7', city: 'ulm', postcode: '89073', region: 'bw', country: 'DE' },
        organisation: 'lindqvist bakery',
        display: { given_name: 'Anna', language: 'de', job_title: 'Baker' },
      }),
    ])
    const seen = generalizeProfile(profile, AS_OF)
    expect(seen).toEqual({
      ageBand: '35-44',
      sex: 'f',
      country: 'DE',
      region: 'bw',
      postcodePrefix: '89',
      language: 'de',
      hasEmail: true,
      hasPhone: true,
      emailClass: 'company',
      records: 1,
      sources: ['crm'],
    })
    expect(JSON.stringify(seen)).not.toMatch(/anna|lindqvist|1990|markt|ulm|89073|4930|baker/i)
  })

  it('leaves out what is unknown', () => {
    expect(generalizeProfile(composeProfile([]), AS_OF)).toEqual({
      hasEmail: false,
      hasPhone: false,
      emailClass: 'none',
      records: 0,
      sources: [],
    })
  })

  it('bands a birth date without day', () => {
    const profile = composeProfile([buildContribution('rec_1', { birthDate: { year: 1990, month: 3 } })])
    expect(generalizeProfile(profile, AS_OF).ageBand).toBe('35-44')
  })
})
