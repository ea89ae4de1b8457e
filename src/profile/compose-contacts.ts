import { compareCandidates } from './compare-candidates.ts'
import type { Candidate } from './candidate.ts'
import type { ComposedContact, ContributingRecord, SurvivorshipStrategy } from './composed-profile.ts'

/**
 * Every address or number any record names, once, with all who name it; the one to use comes first.
 * A contact stands where its best record by the strategy puts it, two of one record in their own order.
 * Order-free. None is an empty list.
 */
export function composeContacts(
  records: readonly ContributingRecord[],
  kind: 'emails' | 'phones',
  strategy: SurvivorshipStrategy,
): ComposedContact[] {
  const namedBy = new Map<string, ContributingRecord[]>()
  for (const from of records) {
    for (const value of new Set(from.record[kind])) namedBy.set(value, [...(namedBy.get(value) ?? []), from])
  }
  return [...namedBy]
    .map(([value, naming]) => {
      const candidates = naming.map((from): Candidate => ({
        from,
        values: new Map(),
        key: value,
        length: value.length,
        known: from.record.emails.length + from.record.phones.length,
        agreeing: naming.length,
      }))
      const best = candidates.reduce((a, b) => (compareCandidates(a, b, strategy) <= 0 ? a : b))
      return { value, best, recordIds: naming.map((from) => from.recordId).toSorted() }
    })
    .toSorted((a, b) => compareCandidates(a.best, b.best, strategy) || (a.value < b.value ? -1 : 1))
    .map(({ value, recordIds }) => ({ value, recordIds }))
}
