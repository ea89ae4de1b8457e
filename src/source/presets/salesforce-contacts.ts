import { scorePreset } from '../score-preset.ts'
import type { SourcePreset } from '../source-preset.ts'

const columns = {
  Id: 'record_key',
  FirstName: 'given_name',
  MiddleName: 'middle_name',
  LastName: 'family_name',
  Email: 'email',
  Phone: 'phone',
  MobilePhone: 'phone',
  HomePhone: 'phone',
  Birthdate: 'birth_date',
  Title: 'job_title',
  'Account.Name': 'organisation',
  MailingStreet: 'street',
  MailingCity: 'city',
  MailingState: 'region',
  MailingPostalCode: 'postcode',
  MailingCountry: 'country',
  Description: 'text',
  LastModifiedDate: 'updated_at',
  IsDeleted: 'deleted',
} as const

/** Contacts as Salesforce's Data Loader and Bulk API write them: API names of the standard object (API v60). */
export const salesforceContacts: SourcePreset = {
  name: 'salesforce-contacts',
  title: 'Salesforce contacts',
  kind: 'people',
  match: (given) => scorePreset(given, ['Id', 'LastName', 'LastModifiedDate'], Object.keys(columns)),
  columns,
}
