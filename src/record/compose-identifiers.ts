import type { Identifier } from './normalized-record.ts'

/** A record's identifiers with its e-mails and telephones among them, sorted by kind then value, without repeats. */
export function composeIdentifiers(
  identifiers: readonly Identifier[],
  emails: readonly string[],
  phones: readonly string[],
): readonly Identifier[] {
  const all = [...identifiers]
  for (const value of emails) all.push({ kind: 'email', value })
  for (const value of phones) all.push({ kind: 'phone', value })
  if (all.length < 2) return all
  all.sort(compareIdentifiers)
  return all.filter((identifier, index) => {
    const before = all[index - 1]
    return before === undefined || before.kind !== identifier.kind || before.value !== identifier.value
  })
}

/** By code units, not by a locale's alphabet: the order must be the same on every machine. */
function compareIdentifiers(left: Identifier, right: Identifier): number {
  if (left.kind !== right.kind) return left.kind < right.kind ? -1 : 1
  return left.value < right.value ? -1 : left.value > right.value ? 1 : 0
}
