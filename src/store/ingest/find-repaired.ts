import type { Tx } from '../open-store.ts'

/**
 * Which of these fingerprints a repaired row of the source already stands for: by what it says now, and if it was
 * accepted also by what it said when it was held. Rows whose repair ended rejected or erased stand for nothing.
 */
export async function findRepaired(tx: Tx, source: string, fingerprints: string): Promise<string[]> {
  const rows = await tx<{ fingerprint: string }[]>`
    SELECT fingerprint FROM onefold.quarantine
    WHERE source = ${source} AND outcome IN ('accepted', 'duplicate') AND fingerprint = ANY(${fingerprints}::uuid[])
    UNION
    SELECT held_fingerprint FROM onefold.quarantine
    WHERE source = ${source} AND outcome = 'accepted' AND held_fingerprint = ANY(${fingerprints}::uuid[])`
  return rows.map((row) => row.fingerprint)
}
