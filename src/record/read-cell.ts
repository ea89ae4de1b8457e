import { isPlaceholder } from '../quality/is-placeholder.ts'
import { normalizeCurrency } from './normalize-currency.ts'
import { normalizeIdentifier } from './normalize-identifier.ts'
import { normalizeOrganisation } from './normalize-organisation.ts'
import { normalizeSex } from './normalize-sex.ts'
import { normalizeText } from './normalize-text.ts'
import { normalizeUrl } from './normalize-url.ts'
import type { MappedColumn, MappingPlan } from './mapping-plan.ts'
import { readContacts } from './read-contacts.ts'
import { addIssue } from './row-draft.ts'
import type { RowDraft } from './row-draft.ts'

/** Longest text kept in one field, in UTF-16 units; beyond it a cell is a document, not a name. */
const LONGEST_TEXT = 1024

const DELETED = new Set(
  '1,true,t,yes,y,x,d,del,delete,deleted,removed,archived,ja,j,wahr,oui,o,vrai,si,sí,s,verdadero'.split(','),
)
const NOT_DELETED = new Set(
  '0,false,f,no,n,-,c,r,u,i,create,created,read,update,updated,insert,inserted,upsert,active,null,nein,falsch,non,faux,falso'.split(
    ',',
  ),
)
/** What systems write that cannot leave an instant empty. */
const NO_INSTANT = /^(0000-00-00|9999-|0001-01-01|19(00|70)-01-01)/

/**
 * Reads one cell that is not missing into the row's draft, by the field its column maps to.
 *
 * A cell that cannot be used leaves an issue and no value; fields of things that happened are read for every kind
 * of source, so that a people source may carry them without harm.
 */
export function readCell(draft: RowDraft, cell: MappedColumn, text: string, plan: MappingPlan): void {
  const { field } = cell
  if (text.length > LONGEST_TEXT && field !== 'url' && field !== 'referrer' && field !== 'text') {
    addIssue(draft, cell, 'too_long')
    return
  }
  switch (field) {
    case 'email':
    case 'phone':
      return readContacts(draft, cell, text, plan)
    case 'given_name':
    case 'middle_name':
    case 'family_name':
    case 'full_name':
      return readName(draft, cell, text, plan)
    case 'birth_date': {
      if (isPlaceholder('birth_date', text)) return addIssue(draft, cell, isDate(text) ? 'default' : 'placeholder')
      const read = plan.readBirthDate(text)
      if (read?.issue !== undefined) addIssue(draft, cell, read.issue)
      if (read?.value !== undefined) draft.person.birthDate ??= read.value
      return
    }
    case 'sex': {
      const read = normalizeSex(text)
      if (read?.issue !== undefined && !isPlaceholder('text', text)) addIssue(draft, cell, read.issue)
      if (read?.value !== undefined) draft.person.sex ??= read.value
      return
    }
    case 'street':
    case 'house_number':
    case 'city':
    case 'postcode':
    case 'region':
    case 'country':
    case 'address':
    case 'organisation':
    case 'job_title':
    case 'language':
      return readText(draft, cell, text)
    case 'user_id':
    case 'customer_id':
    case 'loyalty_id':
    case 'national_id':
    case 'passport_id':
    case 'licence_id':
    case 'device_id':
    case 'anonymous_id': {
      if (isPlaceholder('identifier', text)) return addIssue(draft, cell, 'placeholder')
      const read = normalizeIdentifier(field, text)
      if (read?.issue !== undefined) return addIssue(draft, cell, read.issue)
      if (read?.value !== undefined) draft.identifiers.push({ kind: field, value: read.value })
      return
    }
    case 'record_key':
      if (isPlaceholder('text', text)) addIssue(draft, cell, 'placeholder')
      else draft.keys.push(text)
      return
    case 'updated_at': {
      const read = plan.readInstant(text, 'updated_at')
      if (read?.issue !== undefined) addIssue(draft, cell, read.issue)
      if (read?.value !== undefined) draft.updatedAt ??= read.value
      return
    }
    case 'deleted':
      if (plan.kind === 'people') readDeleted(draft, cell, text, plan)
      return
    default:
      return readEventCell(draft, cell, text, plan)
  }
}

/** What exports and change feeds write: a truth value, the letter or name of an operation, or when it was deleted. */
function readDeleted(draft: RowDraft, cell: MappedColumn, text: string, plan: MappingPlan): void {
  const said = text.toLowerCase()
  if (NOT_DELETED.has(said) || NO_INSTANT.test(text)) return
  const at = DELETED.has(said) ? undefined : plan.readInstant(text, 'updated_at')?.value
  // Guessing would keep somebody who is gone, or lose somebody who is not.
  if (at === undefined && !DELETED.has(said)) return addIssue(draft, cell, 'invalid', 'quarantine')
  draft.deleted = true
  if (at !== undefined) draft.deletedAt ??= at
}

function readEventCell(draft: RowDraft, cell: MappedColumn, text: string, plan: MappingPlan): void {
  switch (cell.field) {
    case 'event_kind':
      draft.event.kind ??= normalizeText(text).replaceAll(' ', '_')
      return
    case 'event_name':
      draft.event.name ??= text
      return
    case 'occurred_at': {
      const read = plan.readInstant(text, 'occurred_at')
      if (read?.issue !== undefined) addIssue(draft, cell, read.issue, severityOf(read.value, plan))
      if (read?.value !== undefined) draft.event.occurredAt ??= read.value
      return
    }
    case 'message_id':
      draft.event.messageId ??= text
      return
    case 'order_id':
      draft.event.orderId ??= text
      return
    case 'product':
      draft.event.product ??= text
      return
    case 'category':
      draft.event.category ??= text
      return
    case 'campaign':
      draft.event.campaign ??= text
      return
    case 'quantity':
    case 'unit_price':
    case 'amount': {
      const read = plan.readNumber(text)
      if (read?.issue !== undefined) return addIssue(draft, cell, read.issue)
      if (read?.value === undefined) return
      if (cell.field === 'quantity') draft.event.quantity ??= read.value
      else if (cell.field === 'unit_price') draft.event.unitPrice ??= read.value
      else draft.event.amount ??= read.value
      return
    }
    case 'currency': {
      const read = normalizeCurrency(text, plan.region)
      if (read?.issue !== undefined) addIssue(draft, cell, read.issue)
      if (read?.value !== undefined) draft.event.currency ??= read.value
      return
    }
    case 'url': {
      const read = normalizeUrl(text)
      if (read?.issue !== undefined) addIssue(draft, cell, read.issue)
      if (read?.value !== undefined) draft.event.url ??= read.value
      return
    }
    case 'user_agent':
      if (plan.isBot(text)) draft.event.bot = true
      return
    default:
      // `text` and `referrer` have no place in an event yet; they stay in the raw record.
      return
  }
}

/** Without its time an event has nowhere to go, so the row waits for a person; a mere doubt does not hold it. */
function severityOf(value: Date | undefined, plan: MappingPlan): 'quarantine' | undefined {
  return value === undefined && plan.kind !== 'people' ? 'quarantine' : undefined
}

function readName(draft: RowDraft, cell: MappedColumn, text: string, plan: MappingPlan): void {
  const { placeholder, tokens } = plan.readName(text)
  if (placeholder) return addIssue(draft, cell, 'placeholder')
  if (tokens === undefined) return addIssue(draft, cell, 'invalid')
  draft.display[cell.field] ??= text
  if (cell.field === 'given_name') draft.person.given ??= tokens
  else if (cell.field === 'middle_name') draft.middle ??= tokens
  else if (cell.field === 'family_name') draft.person.family ??= tokens
  else draft.fullName ??= text
}

function readText(draft: RowDraft, cell: MappedColumn, text: string): void {
  const { field } = cell
  if (isPlaceholder('text', text)) return addIssue(draft, cell, 'placeholder')
  draft.display[field] ??= text
  if (field === 'organisation') {
    const organisation = normalizeOrganisation(text)
    if (organisation !== undefined) draft.person.organisation ??= organisation
  } else if (field !== 'job_title' && field !== 'language') draft.placed = true
}

function isDate(text: string): boolean {
  return text.charCodeAt(0) >= 48 && text.charCodeAt(0) <= 57
}
