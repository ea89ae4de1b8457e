import { scorePreset } from '../score-preset.ts'
import type { SourcePreset } from '../source-preset.ts'

const columns = {
  'Record ID': 'record_key',
  'First Name': 'given_name',
  'Last Name': 'family_name',
  Email: 'email',
  'Additional email addresses': 'email',
  'Phone Number': 'phone',
  'Mobile Phone Number': 'phone',
  'Date of birth': 'birth_date',
  Gender: 'sex',
  'Job Title': 'job_title',
  'Company Name': 'organisation',
  'Street Address': 'street',
  City: 'city',
  'State/Region': 'region',
  'Postal Code': 'postcode',
  'Country/Region': 'country',
  'Preferred language': 'language',
  'Last Modified Date': 'updated_at',
} as const

/** Contacts exported from HubSpot's contact list as CSV, with the labels of the default properties. */
export const hubspotContacts: SourcePreset = {
  name: 'hubspot-contacts',
  title: 'HubSpot contacts',
  kind: 'people',
  match: (given) => scorePreset(given, ['Record ID', 'First Name', 'Last Name', 'Email'], Object.keys(columns)),
  columns,
}
