import { isPlaceholder } from '../quality/is-placeholder.ts'
import { isReserved } from '../quality/is-reserved.ts'
import type { MappedColumn, MappingPlan } from './mapping-plan.ts'
import { normalizeEmail } from './normalize-email.ts'
import { normalizePhone } from './normalize-phone.ts'
import { addIssue } from './row-draft.ts'
import type { RowDraft } from './row-draft.ts'

/** More values than this in one cell are a list of something else. */
const MOST_VALUES = 20

/**
 * Reads a cell of e-mail addresses or telephone numbers, one or several separated by `; , |` or line ends.
 *
 * Each value that stands for nothing or cannot be used leaves an issue and links nobody. A piece before an address
 * in angle brackets is a display name, `Smith, Anna <anna@…>`, and no address.
 */
export function readContacts(draft: RowDraft, cell: MappedColumn, text: string, plan: MappingPlan): void {
  if (!SEPARATOR.test(text)) return readContact(draft, cell, text, plan)
  const pieces = text.split(SEPARATOR)
  if (pieces.length > MOST_VALUES) return addIssue(draft, cell, 'invalid')
  pieces.forEach((piece, index) => {
    const value = piece.trim()
    const named = cell.field === 'email' && !value.includes('@') && pieces[index + 1]?.includes('<') === true
    if (value !== '' && !named) readContact(draft, cell, value, plan)
  })
}

const SEPARATOR = /[;,|\n\r]/

function readContact(draft: RowDraft, cell: MappedColumn, text: string, plan: MappingPlan): void {
  const { keepReserved } = plan
  if (cell.field === 'email') {
    const read = normalizeEmail(text)
    if (read === undefined) return
    // Judged once, in the spelling that would be stored; a word like `n/a` has none.
    if (isRefused('email', read.value ?? text, keepReserved)) return addIssue(draft, cell, 'placeholder')
    if (read.value === undefined) return addIssue(draft, cell, read.issue)
    if (!draft.emails.includes(read.value)) draft.emails.push(read.value)
    return
  }
  // As dialled: 123456789 shows before a country code hides it.
  if (isRefused('phone', text, keepReserved)) return addIssue(draft, cell, 'placeholder')
  const read = normalizePhone(text, draft.region ?? plan.region)
  if (read === undefined) return
  if (read.value === undefined) return addIssue(draft, cell, read.issue)
  if (!keepReserved && isReserved('phone', read.value)) return addIssue(draft, cell, 'placeholder')
  if (!draft.phones.includes(read.value)) draft.phones.push(read.value)
}

function isRefused(kind: 'email' | 'phone', text: string, keepReserved: boolean): boolean {
  return isPlaceholder(kind, text) && !(keepReserved && isReserved(kind, text))
}
