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
  let kept = 1
  for (let index = 1; index < all.length; index++) {
    const identifier = all[index]!
    if (compareIdentifiers(all[kept - 1]!, identifier) !== 0) all[kept++] = identifier
  }
  all.length = kept
  return all
}

/** By code units, not by a locale's alphabet: the order must be the same on every machine. */
function compareIdentifiers(left: Identifier, right: Identifier): number {
  if (left.kind !== right.kind) return left.kind < right.kind ? -1 : 1
  return left.value < right.value ? -1 : left.value > right.value ? 1 : 0
}
