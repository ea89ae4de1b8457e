import type { Issue } from '../../quality/issue.ts'
import type { Tx } from '../open-store.ts'
import { packBlobs } from '../pack-blobs.ts'

/** How a held row stands after it was assessed again. */
export interface ReplayedRow {
  readonly deliveryId: string
  readonly rowNo: number
  readonly outcome: 'accepted' | 'duplicate' | 'quarantined' | 'rejected'
  readonly recordId: string | null
  /** What the row says now. The ledger keeps the fingerprint it had when it was held. */
  readonly fingerprint: string
  readonly sealed: Buffer
  readonly issues: readonly Issue[]
}

/**
 * Writes how rows stand after a replay: outcome, findings and what was understood. The quarantine lets go of all but
 * those that are still bad, which get their new findings. Of an accepted row the correction is kept, by which it is read
 * again, and the fingerprint of its present content, so that the corrected content delivered again is a repeat.
 */
export async function saveReplayed(tx: Tx, rows: readonly ReplayedRow[]): Promise<void> {
  if (rows.length === 0) return
  const { base64, starts, sizes } = packBlobs(rows.map((row) => row.sealed))
  await tx`
    UPDATE onefold.quarantine AS held SET
      issues = given.issues::jsonb,
      outcome = given.outcome,
      state = CASE WHEN given.outcome = 'quarantined' THEN held.state ELSE 'replayed' END,
      fingerprint = CASE WHEN given.outcome = 'accepted' THEN given.fingerprint ELSE held.fingerprint END,
      record_id = CASE WHEN given.outcome = 'quarantined' THEN held.record_id ELSE given.record_id END,
      sealed = CASE WHEN given.outcome = 'quarantined' THEN held.sealed
                    ELSE substring(blobs.bytes FROM given.start FOR given.size) END,
      sealed_fix = CASE WHEN given.outcome IN ('accepted', 'quarantined') THEN held.sealed_fix END,
      replayed_at = CASE WHEN given.outcome = 'quarantined' THEN held.replayed_at ELSE now() END
    FROM (SELECT decode(${base64}, 'base64') AS bytes OFFSET 0) AS blobs, unnest(
      ${rows.map((row) => row.deliveryId)}::uuid[], ${rows.map((row) => row.rowNo)}::int[],
      ${rows.map((row) => row.outcome)}::text[], ${rows.map((row) => row.recordId)}::uuid[],
      ${rows.map((row) => row.fingerprint)}::uuid[], ${rows.map((row) => JSON.stringify(row.issues))}::text[],
      ${starts}::int[], ${sizes}::int[]
    ) AS given (delivery_id, row_no, outcome, record_id, fingerprint, issues, start, size)
    WHERE held.delivery_id = given.delivery_id AND held.row_no = given.row_no AND held.state <> 'replayed'`
}
