import { scorePreset } from '../score-preset.ts'
import type { SourcePreset } from '../source-preset.ts'

const columns = {
  id: 'record_key',
  email: 'email',
  'name.fullName': 'full_name',
  'name.givenName': 'given_name',
  'name.familyName': 'family_name',
  'geo.city': 'city',
  'geo.state': 'region',
  'geo.countryCode': 'country',
  'employment.name': 'organisation',
  'employment.title': 'job_title',
  bio: 'text',
  site: 'url',
  indexedAt: 'updated_at',
} as const

/** People appended by an enrichment service with Clearbit's person attributes, as JSON Lines or dotted CSV columns. */
export const clearbitAppend: SourcePreset = {
  name: 'clearbit-append',
  title: 'Clearbit-like third-party append',
  kind: 'people',
  match: (given) => scorePreset(given, ['email', 'name.givenName', 'employment.name'], Object.keys(columns)),
  columns,
}
