import type { Tx } from '../open-store.ts'

/** Those of the ids that are of records, sorted. */
export async function findKnownRecords(tx: Tx, recordIds: readonly string[]): Promise<string[]> {
  const rows = await tx<{ id: string }[]>`
    SELECT record_id AS id FROM onefold.records WHERE record_id = ANY(${[...recordIds]}::uuid[]) ORDER BY record_id`
  return rows.map(({ id }) => id)
}

/** The records that carry one of these identifiers, sorted. */
export async function findRecordsByIdentifier(tx: Tx, hashes: readonly string[]): Promise<string[]> {
  const rows = await tx<{ id: string }[]>`
    SELECT DISTINCT record_id AS id FROM onefold.identifiers WHERE hash = ANY(${[...hashes]}::uuid[]) ORDER BY record_id`
  return rows.map(({ id }) => id)
}
