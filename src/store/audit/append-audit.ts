import { AUDIT_GENESIS, chainEntry } from '../../audit/chain-entry.ts'
import type { Tx } from '../open-store.ts'

/** Taken last in a transaction and held to its commit: one writer at a time extends the chain. */
const AUDIT_LOCK = 7_310_002

export interface AuditNote {
  readonly actor: string
  /** Dotted verb: `ledger.appended`, `profile.merged`. */
  readonly action: string
  readonly subject: string
  /** Ids and counts only. */
  readonly details: Readonly<Record<string, string | number | boolean | null>>
}

/**
 * Appends to the audit log in the transaction of the change itself, each entry hashed over the one before [H6].
 * Call it last: from here to the commit other writers wait.
 */
export async function appendAudit(tx: Tx, ...notes: readonly AuditNote[]): Promise<void> {
  if (notes.length === 0) return
  // Sent together; the second sees what was committed before the first was granted.
  const [, [tail]] = await Promise.all([
    tx`SELECT pg_advisory_xact_lock(${AUDIT_LOCK})`,
    tx<{ seq: number; hash: Buffer | null; at: Date }[]>`
    SELECT coalesce(max(seq), 0) AS seq, (SELECT hash FROM onefold.audit_log ORDER BY seq DESC LIMIT 1) AS hash,
           date_trunc('milliseconds', clock_timestamp()) AS at
    FROM onefold.audit_log`,
  ])
  const first = (tail?.seq ?? 0) + 1
  const at = (tail?.at ?? new Date(0)).toISOString()
  const hashes: string[] = []
  let hash: Uint8Array = tail?.hash ?? AUDIT_GENESIS
  for (const [position, note] of notes.entries()) {
    hash = chainEntry(hash, { seq: first + position, at, ...note })
    hashes.push(Buffer.from(hash).toString('hex'))
  }
  await tx`
    INSERT INTO onefold.audit_log (seq, at, actor, action, subject, details, hash)
    SELECT ${first}::bigint + position - 1, ${at}::timestamptz, actor, action, subject, details::jsonb, decode(hash, 'hex')
    FROM unnest(
      ${notes.map((note) => note.actor)}::text[], ${notes.map((note) => note.action)}::text[],
      ${notes.map((note) => note.subject)}::text[], ${notes.map((note) => JSON.stringify(note.details))}::text[],
      ${hashes}::text[]
    ) WITH ORDINALITY AS given (actor, action, subject, details, hash, position)`
}
