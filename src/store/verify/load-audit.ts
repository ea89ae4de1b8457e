import type { AuditRoot, ChainedAuditEntry } from '../../audit/audit-entry.ts'
import type { Tx } from '../open-store.ts'

/** The audit log and the roots kept beside it, as `verifyChain` wants them. */
export async function loadAudit(tx: Tx): Promise<{ entries: ChainedAuditEntry[]; roots: AuditRoot[] }> {
  const rows = await tx<(Omit<ChainedAuditEntry, 'at'> & { at: Date })[]>`
    SELECT seq, at, actor, action, subject, details, hash FROM onefold.audit_log ORDER BY seq`
  const roots = await tx<AuditRoot[]>`SELECT count AS "uptoSeq", root, count FROM onefold.audit_roots ORDER BY count`
  return { entries: rows.map((row) => ({ ...row, at: row.at.toISOString() })), roots: [...roots] }
}
