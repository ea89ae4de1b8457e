import type { NormalizedRecord, PartialDate } from '../record/normalized-record.ts'

/** An attribute as one record tells it. */
export interface AttributeValue {
  /** What a reader sees. */
  readonly value: string
  /** What counts as the same: `Müller` and `MULLER` have one key. */
  readonly key: string
}

/**
 * What one record says, by attribute: `given_name`, `family_name`, `birth_date` (YYYY, YYYY-MM or YYYY-MM-DD), `sex`,
 * `street`, `house_number`, `city`, `postcode`, `region`, `country`, `organisation`, and each display field
 * (`job_title`, `language`, …). Names and organisations keep their source's spelling. What is unknown is not there.
 */
export function deriveAttributes(record: NormalizedRecord): Map<string, AttributeValue> {
  const attributes = new Map<string, AttributeValue>()
  for (const [name, value] of Object.entries(record.display)) add(name, value)
  const { given, family, address } = record
  add('given_name', record.display.given_name ?? given?.join(' '), given?.join(' '))
  add('family_name', record.display.family_name ?? family?.join(' '), family?.join(' '))
  add('organisation', record.display.organisation ?? record.organisation, record.organisation)
  add('birth_date', record.birthDate && formatDate(record.birthDate))
  add('sex', record.sex)
  add('street', record.display.street ?? address?.street, address?.street)
  add('house_number', address?.houseNumber)
  add('city', record.display.city ?? address?.city, address?.city)
  add('postcode', address?.postcode)
  add('region', record.display.region ?? address?.region, address?.region)
  add('country', address?.country)
  return attributes

  function add(name: string, value: string | undefined, key = value?.toLowerCase()): void {
    if (value && key) attributes.set(name, { value, key })
  }
}

function formatDate({ year, month, day }: PartialDate): string {
  const parts = [String(year).padStart(4, '0')]
  if (month !== undefined) parts.push(String(month).padStart(2, '0'))
  if (month !== undefined && day !== undefined) parts.push(String(day).padStart(2, '0'))
  return parts.join('-')
}
