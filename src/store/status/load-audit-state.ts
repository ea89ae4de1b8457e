import type { Tx } from '../open-store.ts'

export interface AuditState {
  readonly entries: number
  /** The last root written over the log: its first so many entries, in hexadecimal, and when. */
  readonly lastRoot: { readonly count: number; readonly root: string; readonly at: Date } | null
}

/** How long the audit log is and what its last root covers. */
export async function loadAuditState(tx: Tx): Promise<AuditState> {
  const [log] = await tx<{ entries: number }[]>`SELECT count(*) AS entries FROM onefold.audit_log`
  const [root] = await tx<{ count: number; root: string; at: Date }[]>`
    SELECT count, encode(root, 'hex') AS root, at FROM onefold.audit_roots ORDER BY count DESC LIMIT 1`
  return { entries: log?.entries ?? 0, lastRoot: root ?? null }
}
