import type { Tx } from '../open-store.ts'
import { spellArray } from '../spell-array.ts'

/**
 * Which of these fingerprints a repaired row of the source already stands for: by what it says now, and if it was
 * accepted also by what it said when it was held. Rows whose repair ended rejected or erased stand for nothing.
 */
export async function findRepaired(tx: Tx, source: string, fingerprints: readonly string[]): Promise<string[]> {
  const given = spellArray(fingerprints)
  const rows = await tx<{ fingerprint: string }[]>`
    SELECT fingerprint FROM onefold.quarantine
    WHERE source = ${source} AND outcome IN ('accepted', 'duplicate') AND fingerprint = ANY(${given}::uuid[])
    UNION
    SELECT held_fingerprint FROM onefold.quarantine
    WHERE source = ${source} AND outcome = 'accepted' AND held_fingerprint = ANY(${given}::uuid[])`
  return rows.map((row) => row.fingerprint)
}
