import type { Tx } from '../open-store.ts'

/** Protects the profile that a record names; false when it is so already. What is joined already stays. */
export async function insertProtection(tx: Tx, recordId: string, by: string): Promise<boolean> {
  const rows = await tx`
    INSERT INTO onefold.protections (record_id, protected_by) VALUES (${recordId}, ${by})
    ON CONFLICT DO NOTHING RETURNING 1`
  return rows.length > 0
}

/** Lifts a protection and makes the record due, for what was held back; false when there was none. */
export async function removeProtection(tx: Tx, recordId: string): Promise<boolean> {
  // A clustering that is under way ends first, so that it does not take the mark off unseen.
  await tx`SELECT FROM onefold.records WHERE record_id = ${recordId} FOR NO KEY UPDATE`
  const rows = await tx`DELETE FROM onefold.protections WHERE record_id = ${recordId} RETURNING 1`
  if (rows.length === 0) return false
  await tx`
    UPDATE onefold.records SET resolution = 'compared' WHERE record_id = ${recordId} AND resolution = 'resolved'`
  return true
}
