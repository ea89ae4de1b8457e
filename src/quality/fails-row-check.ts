import type { NormalizedEvent } from '../record/normalized-record.ts'
import type { NormalizedRow } from '../record/normalized-row.ts'
import type { QualityRule, RowCheck } from './quality-rule.ts'

type RowRule = Extract<QualityRule, { rule: RowCheck | 'event.unknown_kind' }>

/**
 * Says whether a row breaks a check of the whole row; a row the reader could not decode breaks none.
 *
 * `record.empty`: no name, company, e-mail, telephone or identifier. `order.no_customer`, `event.no_actor`: nothing that
 * names anybody. `order.cancelled`: an order number starting with C before a digit, as many shop systems mark a
 * credit note, or a negative quantity. Quantity and price fail at zero and below; when missing they do not fail.
 */
export function failsRowCheck(row: NormalizedRow, rule: RowRule): boolean {
  const { person, event } = row
  if (row.issues.some(({ code, severity }) => severity === 'quarantine' && code.startsWith('row.'))) return false
  switch (rule.rule) {
    case 'record.empty':
      return (
        person.identifiers.length === 0 &&
        person.given === undefined &&
        person.family === undefined &&
        person.organisation === undefined
      )
    case 'order.no_customer':
    case 'event.no_actor':
      return person.identifiers.length === 0
    case 'order.cancelled':
      return CREDIT_NOTE.test(event?.orderId ?? '') || (event?.quantity ?? 0) < 0
    case 'order.quantity_not_positive':
      return event?.quantity !== undefined && event.quantity <= 0
    case 'order.price_not_positive':
      return event?.unitPrice !== undefined && event.unitPrice <= 0
    case 'event.unknown_kind':
      return event !== undefined && !(rule.kinds.includes(event.kind) && isNameKnown(event, rule.kinds))
  }
}

const CREDIT_NOTE = /^[Cc]\d/

/** Only what is tracked has a name of the project's own; a page's is its path. */
function isNameKnown({ kind, name }: NormalizedEvent, declared: readonly string[]): boolean {
  return kind !== 'track' || name === undefined || declared.includes(name)
}
