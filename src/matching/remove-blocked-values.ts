import type { NormalizedRecord } from '../record/normalized-record.ts'

/** Values that must not connect anybody, as `kind:value`: `email:info@example.org`, `phone:+4930000000`. */
export type BlockedValues = ReadonlySet<string>

/**
 * The record without blocked identifiers, e-mail addresses and phone numbers, so that neither keys nor scores see
 * them. Returns the very same object when nothing is blocked. Idempotent.
 */
export function removeBlockedValues(record: NormalizedRecord, blocked: BlockedValues): NormalizedRecord {
  if (blocked.size === 0) return record
  const emails = record.emails.filter((value) => !blocked.has(`email:${value}`))
  const phones = record.phones.filter((value) => !blocked.has(`phone:${value}`))
  const identifiers = record.identifiers.filter(({ kind, value }) => !blocked.has(`${kind}:${value}`))
  const removed =
    record.emails.length -
    emails.length +
    (record.phones.length - phones.length) +
    (record.identifiers.length - identifiers.length)
  return removed === 0 ? record : { ...record, emails, phones, identifiers }
}
