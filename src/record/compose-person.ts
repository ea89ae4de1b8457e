import type { MappingPlan } from './mapping-plan.ts'
import { normalizeAddress } from './normalize-address.ts'
import { composeIdentifiers } from './compose-identifiers.ts'
import type { NormalizedRecord } from './normalized-record.ts'
import { addIssue } from './row-draft.ts'
import type { RowDraft } from './row-draft.ts'

/**
 * Composes the person a row tells about from its draft.
 *
 * A full name fills only the parts that have no column of their own; middle names follow the given ones. E-mails
 * and telephones are sorted without repeats and are identifiers too, next to the ids, sorted by kind then value.
 * A country that is not understood adds its issue to the draft.
 */
export function composePerson(draft: RowDraft, plan: MappingPlan): NormalizedRecord {
  const { person, display } = draft
  if (draft.fullName !== undefined && (person.given === undefined || person.family === undefined)) {
    const parts = plan.readFullName(draft.fullName)
    const given = person.given ?? readPart(draft, plan, 'given_name', parts.given)
    const family = person.family ?? readPart(draft, plan, 'family_name', parts.family)
    if (given !== undefined) person.given = given
    if (family !== undefined) person.family = family
  }
  if (draft.middle !== undefined) person.given = [...(person.given ?? []), ...draft.middle]
  if (draft.placed) placePerson(draft, plan)
  if (draft.emails.length > 1) draft.emails.sort()
  if (draft.phones.length > 1) draft.phones.sort()
  return Object.assign(person, {
    emails: draft.emails,
    phones: draft.phones,
    identifiers: composeIdentifiers(draft.identifiers, draft.emails, draft.phones),
    display,
  })
}

function readPart(draft: RowDraft, plan: MappingPlan, field: string, part = ''): readonly string[] | undefined {
  const tokens = part === '' ? undefined : plan.readName(part).tokens
  if (tokens !== undefined) draft.display[field] ??= part
  return tokens
}

function placePerson(draft: RowDraft, plan: MappingPlan): void {
  const { street, house_number: houseNumber, city, postcode, region, country, address: line } = draft.display
  const { value, issue } = normalizeAddress(
    { street, houseNumber, city, postcode, region, country },
    line,
    plan.readText,
  )
  if (value !== undefined) draft.person.address = value
  if (issue === undefined) return
  const cell = plan.mapped.find(({ field }) => field === 'country')
  if (cell !== undefined) addIssue(draft, cell, issue)
}
