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

/** The end of the log, which nobody else extends before the commit. */
interface AuditTail {
  readonly seq: number
  readonly hash: Buffer | null
  readonly at: Date
}

/** A note with its place in the chain. */
export interface ChainedNote extends AuditNote {
  readonly seq: number
  /** ISO 8601, to the millisecond. */
  readonly at: string
  readonly hash: Uint8Array
}

/**
 * Appends to the audit log in the transaction of the change itself, each entry hashed over the one before [H6].
 * Call it last: from here to the commit other writers wait.
 */
export async function appendAudit(tx: Tx, ...notes: readonly AuditNote[]): Promise<void> {
  if (notes.length > 0) await insertNotes(tx, chainNotes(await lockTail(tx), notes))
}

/** Waits until nobody else extends the log, and says where it ends. */
export async function lockTail(tx: Tx): Promise<AuditTail> {
  // Sent together; the second sees what was committed before the first was granted.
  const [, [tail]] = await Promise.all([
    tx`SELECT pg_advisory_xact_lock(${AUDIT_LOCK})`,
    tx<AuditTail[]>`
    SELECT coalesce(max(seq), 0) AS seq, (SELECT hash FROM onefold.audit_log ORDER BY seq DESC LIMIT 1) AS hash,
           date_trunc('milliseconds', clock_timestamp()) AS at
    FROM onefold.audit_log`,
  ])
  return tail as AuditTail
}

/** Hashes each note over the entry before it. */
export function chainNotes(tail: AuditTail, notes: readonly AuditNote[]): ChainedNote[] {
  const at = tail.at.toISOString()
  let hash: Uint8Array = tail.hash ?? AUDIT_GENESIS
  return notes.map((note, position) => {
    const entry = { ...note, seq: tail.seq + 1 + position, at }
    hash = chainEntry(hash, entry)
    return { ...entry, hash }
  })
}

/** Writes chained notes; the caller holds the tail. */
export async function insertNotes(tx: Tx, notes: readonly ChainedNote[]): Promise<void> {
  await tx`
    INSERT INTO onefold.audit_log (seq, at, actor, action, subject, details, hash)
    SELECT seq, ${notes[0]?.at ?? null}::timestamptz, actor, action, subject, details::jsonb, decode(hash, 'hex')
    FROM unnest(
      ${notes.map((note) => note.seq)}::bigint[], ${notes.map((note) => note.actor)}::text[],
      ${notes.map((note) => note.action)}::text[], ${notes.map((note) => note.subject)}::text[],
      ${notes.map((note) => JSON.stringify(note.details))}::text[],
      ${notes.map((note) => Buffer.from(note.hash).toString('hex'))}::text[]
    ) AS given (seq, actor, action, subject, details, hash)`
}
