import type { Tx } from '../open-store.ts'

/** The records of all decisions that no run has clustered by yet: from here on this one does. */
export async function takeUpDecisions(tx: Tx): Promise<{ readonly decisions: number; readonly recordIds: string[] }> {
  const rows = await tx<{ a: string; b: string }[]>`
    UPDATE onefold.decisions SET taken_up_at = now() WHERE taken_up_at IS NULL RETURNING record_a AS a, record_b AS b`
  return { decisions: rows.length, recordIds: [...new Set(rows.flatMap(({ a, b }) => [a, b]))] }
}
