/** The columns of the CRM's contact export, named and ordered as HubSpot does. */
export const CRM_COLUMNS = [
  'Record ID',
  'First Name',
  'Last Name',
  'Email',
  'Phone Number',
  'Street Address',
  'City',
  'Postal Code',
  'Country/Region',
  'Date of birth',
  'Job Title',
  'Company Name',
  'Create Date',
  'Last Modified Date',
] as const

/** One contact as the export shows it: every column a text, empty when the CRM knows nothing. */
export type CrmContact = Readonly<Record<(typeof CRM_COLUMNS)[number], string>>
