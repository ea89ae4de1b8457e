import type { Tx } from '../open-store.ts'
import { spellArray } from '../spell-array.ts'

/** Hashes of the identifiers that link nobody, or of those that these records carry; what a person has lifted is not among them. */
export async function findBlockedIdentifiers(tx: Tx, carriers?: readonly string[]): Promise<Set<string>> {
  if (carriers?.length === 0) return new Set()
  const rows = await tx<{ hash: string }[]>`
    SELECT hash FROM onefold.blocked_identifiers WHERE lifted_at IS NULL ${
      carriers === undefined
        ? tx``
        : tx`AND hash IN (
            SELECT hash FROM onefold.identifiers WHERE record_id = ANY(${spellArray(carriers)}::uuid[]))`
    }`
  return new Set(rows.map((row) => row.hash))
}
