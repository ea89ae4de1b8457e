import type { Tx } from '../open-store.ts'

/** Hashes of the identifiers that link nobody; what a person has lifted is not among them. */
export async function findBlockedIdentifiers(tx: Tx): Promise<Set<string>> {
  const rows = await tx<{ hash: string }[]>`SELECT hash FROM onefold.blocked_identifiers WHERE lifted_at IS NULL`
  return new Set(rows.map((row) => row.hash))
}
