import type { Field } from '../record/field.ts'
import type { PartialDate } from '../record/normalized-record.ts'
import type { NormalizedRow } from '../record/normalized-row.ts'

/**
 * Derives the values a row has for a field, normalized where there is a normalized form, else as displayed.
 *
 * Empty when missing; several for e-mails and telephones. Dates and times are ISO text, `1980-05` for a month;
 * quantities and money are numbers. Fields that no normalized noun keeps (`text`, `referrer`, `user_agent`) are
 * always empty here.
 */
export function deriveFieldValues(row: NormalizedRow, field: Field): readonly (string | number)[] {
  const { person, event } = row
  switch (field) {
    case 'email':
      return person.emails
    case 'phone':
      return person.phones
    case 'user_id':
    case 'customer_id':
    case 'loyalty_id':
    case 'national_id':
    case 'passport_id':
    case 'licence_id':
    case 'device_id':
    case 'anonymous_id':
      return person.identifiers.filter(({ kind }) => kind === field).map(({ value }) => value)
    case 'birth_date':
      return person.birthDate === undefined ? [] : [formatDate(person.birthDate)]
    case 'sex':
      return listOf(person.sex)
    case 'given_name':
      return listOf(person.display[field] ?? person.given?.join(' '))
    case 'family_name':
      return listOf(person.display[field] ?? person.family?.join(' '))
    case 'street':
      return listOf(person.address?.street)
    case 'house_number':
      return listOf(person.address?.houseNumber)
    case 'city':
      return listOf(person.address?.city)
    case 'postcode':
      return listOf(person.address?.postcode)
    case 'region':
      return listOf(person.address?.region)
    case 'country':
      return listOf(person.address?.country)
    case 'organisation':
      return listOf(person.organisation)
    case 'record_key':
      return listOf(row.recordKey)
    case 'updated_at':
      return listOf(row.updatedAt?.toISOString())
    case 'event_kind':
      return listOf(event?.kind)
    case 'event_name':
      return listOf(event?.name)
    case 'occurred_at':
      return listOf(event?.occurredAt.toISOString())
    case 'message_id':
      return listOf(event?.messageId)
    case 'order_id':
      return listOf(event?.orderId)
    case 'product':
      return listOf(event?.product)
    case 'category':
      return listOf(event?.category)
    case 'quantity':
      return listOf(event?.quantity)
    case 'unit_price':
      return listOf(event?.unitPrice)
    case 'amount':
      return listOf(event?.amount)
    case 'currency':
      return listOf(event?.currency)
    case 'url':
      return listOf(event?.url)
    case 'campaign':
      return listOf(event?.campaign)
    default:
      return listOf(person.display[field])
  }
}

function listOf(value: string | number | undefined): readonly (string | number)[] {
  return value === undefined ? [] : [value]
}

function formatDate({ year, month, day }: PartialDate): string {
  const parts = [String(year).padStart(4, '0')]
  if (month !== undefined) parts.push(String(month).padStart(2, '0'))
  if (month !== undefined && day !== undefined) parts.push(String(day).padStart(2, '0'))
  return parts.join('-')
}
