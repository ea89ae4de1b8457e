import type { AuditRoot } from '../../audit/audit-entry.ts'
import { type ChainFinding, verifyChain } from '../../audit/verify-chain.ts'
import { loadAudit } from '../../store/verify/load-audit.ts'
import type { Context } from '../context.ts'

/**
 * Recomputes the audit chain and holds it against the roots in the database and those kept outside (P18): an edit,
 * a deletion, another order or a cut tail is found.
 */
export async function verifyAudit(
  context: Context,
  anchors: readonly AuditRoot[],
): Promise<{ readonly entries: number; readonly roots: number; readonly findings: readonly ChainFinding[] }> {
  const { entries, roots } = await loadAudit(context.store.sql)
  const all = [...roots, ...anchors]
  return { entries: entries.length, roots: all.length, findings: verifyChain(entries, all) }
}
