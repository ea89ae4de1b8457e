import type { Tx } from '../open-store.ts'

/** Hashes of the identifiers that link nobody. */
export async function findBlockedIdentifiers(tx: Tx): Promise<Set<string>> {
  const rows = await tx<{ hash: string }[]>`SELECT hash FROM onefold.blocked_identifiers`
  return new Set(rows.map((row) => row.hash))
}
