import { generalizeAge } from '../privacy/generalize-age.ts'
import type { AgeBand } from '../privacy/generalize-age.ts'
import { generalizeEmail } from '../privacy/generalize-email.ts'
import type { EmailClass } from '../privacy/generalize-email.ts'
import { generalizePostcode } from '../privacy/generalize-postcode.ts'
import type { PartialDate } from '../record/normalized-record.ts'
import type { ComposedProfile } from './composed-profile.ts'

/** What a reader without the right to personal values sees of a person. */
export interface PseudonymousProfile {
  readonly ageBand?: AgeBand
  readonly sex?: string
  readonly country?: string
  readonly region?: string
  readonly postcodePrefix?: string
  readonly language?: string
  readonly hasEmail: boolean
  readonly hasPhone: boolean
  readonly emailClass: EmailClass
  /** How many records the profile is made of. */
  readonly records: number
  /** Names of their sources, sorted. */
  readonly sources: readonly string[]
}

/**
 * A profile without what names its person: age band for birth date, area for postcode, kind for e-mail address.
 * Age is that of the UTC day of `asOf` (ms since 1970). What is unknown is not there. Few people in one combination
 * can still be told apart: an export checks k-anonymity besides.
 */
export function generalizeProfile(profile: ComposedProfile, asOf: number): PseudonymousProfile {
  const country = findText(profile, 'country')
  const known = {
    ageBand: generalizeAge(parseDate(findText(profile, 'birth_date')), asOf),
    sex: findText(profile, 'sex'),
    country,
    region: findText(profile, 'region'),
    postcodePrefix: generalizePostcode(findText(profile, 'postcode'), country),
    language: findText(profile, 'language'),
  }
  return {
    ...(Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined)) as Partial<
      Pick<PseudonymousProfile, keyof typeof known>
    >),
    hasEmail: profile.emails.length > 0,
    hasPhone: profile.phones.length > 0,
    emailClass: generalizeEmail(profile.emails[0]?.value),
    records: profile.records,
    sources: profile.sources,
  }
}

/** An aggregated attribute has no one value to generalize. */
function findText(profile: ComposedProfile, name: string): string | undefined {
  const value = profile.attributes[name]?.value
  return typeof value === 'string' ? value : undefined
}

function parseDate(text: string | undefined): PartialDate | undefined {
  const [year, month, day] = text?.split('-').map(Number) ?? []
  if (year === undefined) return undefined
  return { year, ...(month === undefined ? {} : { month }), ...(day === undefined ? {} : { day }) }
}
