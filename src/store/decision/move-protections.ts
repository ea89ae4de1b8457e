import type { Tx } from '../open-store.ts'
import { spellArray } from '../spell-array.ts'

/** A protection goes from a record to another of the same profile. */
export interface MovedProtection {
  readonly from: string
  readonly to: string
}

/** Has other records bear protections; who protected and when stays. */
export async function moveProtections(tx: Tx, moved: readonly MovedProtection[]): Promise<void> {
  if (moved.length === 0) return
  await tx`
    WITH given AS (
      SELECT * FROM unnest(
        ${spellArray(moved.map(({ from }) => from))}::uuid[], ${spellArray(moved.map(({ to }) => to))}::uuid[]
      ) AS given (former, heir)
    ), gone AS (
      DELETE FROM onefold.protections USING given WHERE record_id = former
      RETURNING heir, protected_by, protected_at
    )
    INSERT INTO onefold.protections (record_id, protected_by, protected_at)
    SELECT heir, protected_by, protected_at FROM gone ON CONFLICT DO NOTHING`
}
