import type { Tx } from '../open-store.ts'
import type { Change } from './change.ts'

export interface DeadLetter extends Change {
  /** What the receiver answered last. */
  readonly code: string
}

/** What a receiver refused for good, in the order of the feed. */
export async function loadDeadLetters(tx: Tx, webhook: string, most: number): Promise<DeadLetter[]> {
  return tx<DeadLetter[]>`
    SELECT change.xact::text, seq, kind, profile_id AS "profileId", to_profile_id AS "toProfileId",
      segment_id AS "segmentId", version, revision, change.at, code
    FROM onefold.webhook_dead_letters AS letter JOIN onefold_out.change_feed AS change USING (seq)
    WHERE webhook = ${webhook} ORDER BY change.xact, seq LIMIT ${most}`
}
