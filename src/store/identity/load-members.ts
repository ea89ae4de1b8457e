import type { Tx } from '../open-store.ts'

export interface Member {
  readonly recordId: string
  readonly source: string
  readonly kind: string
  readonly receivedAt: Date
}

/** The records of a profile in the order of the ledger; empty when there is no such profile. */
export async function loadMembers(tx: Tx, profileId: string): Promise<Member[]> {
  return tx<Member[]>`
    SELECT record_id AS "recordId", source, kind, received_at AS "receivedAt"
    FROM onefold.profile_members JOIN onefold.records USING (record_id)
    WHERE profile_id = ${profileId} ORDER BY seq, record_id`
}
