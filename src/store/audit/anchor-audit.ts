import type { AuditRoot } from '../../audit/audit-entry.ts'
import { appendLeaf, EMPTY_FRONTIER, type MerkleFrontier } from '../../audit/append-leaf.ts'
import { deriveFrontierRoot } from '../../audit/derive-frontier-root.ts'
import type { Tx } from '../open-store.ts'

/**
 * Writes a Merkle root over the whole audit log as it stands (RFC 6962), so that a cut tail shows (P18), and returns it.
 * Call it in the transaction that appended the last entry: nobody else can extend the log meanwhile.
 */
export async function anchorAudit(tx: Tx): Promise<AuditRoot> {
  let frontier: MerkleFrontier = EMPTY_FRONTIER
  const rows = await tx<{ hash: Buffer }[]>`SELECT hash FROM onefold.audit_log ORDER BY seq`
  for (const { hash } of rows) frontier = appendLeaf(frontier, hash)
  const root = deriveFrontierRoot(frontier)
  await tx`
    INSERT INTO onefold.audit_roots (count, root, at)
    VALUES (${rows.length}, ${root}, clock_timestamp()) ON CONFLICT (count) DO NOTHING`
  return { uptoSeq: rows.length, count: rows.length, root }
}
