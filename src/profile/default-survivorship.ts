import type { SurvivorshipPolicy } from './composed-profile.ts'

/**
 * What a profile is made of unless a configuration says otherwise, and why:
 * names change rarely and are mistyped often, so the spelling most records agree on;
 * a birth date and a sex never change by themselves, so likewise: one typing error should not win by being newest;
 * an address is moved away from as a whole, so the newest address as a whole, never a mixture;
 * jobs, employers, languages and contacts are current or wrong, so the newest.
 */
export const DEFAULT_SURVIVORSHIP: SurvivorshipPolicy = {
  attributes: {
    given_name: 'most_frequent',
    family_name: 'most_frequent',
    birth_date: 'most_frequent',
    sex: 'most_frequent',
    organisation: 'most_recent',
    job_title: 'most_recent',
    language: 'most_recent',
    emails: 'most_recent',
    phones: 'most_recent',
  },
  groups: [
    { attributes: ['street', 'house_number', 'city', 'postcode', 'region', 'country'], strategy: 'most_recent' },
  ],
  otherwise: 'most_recent',
}
