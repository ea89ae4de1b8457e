import type { Identifier, NormalizedRecord } from '../record/normalized-record.ts'

/**
 * Every identifier a record carries, e-mail addresses and phone numbers included, without repeats, sorted by kind
 * then value (by UTF-16 units, so that no locale matters). Empty when it has none.
 */
export function deriveIdentifiers(record: NormalizedRecord): readonly Identifier[] {
  const byText = new Map<string, Identifier>()
  const add = (identifier: Identifier) => byText.set(`${identifier.kind}:${identifier.value}`, identifier)
  for (const identifier of record.identifiers) add(identifier)
  for (const value of record.emails) add({ kind: 'email', value })
  for (const value of record.phones) add({ kind: 'phone', value })
  return [...byText.keys()].sort().map((text) => byText.get(text)!)
}
