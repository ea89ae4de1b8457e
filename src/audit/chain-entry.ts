import { createHash } from 'node:crypto'
import type { AuditEntry } from './audit-entry.ts'
import { canonicalize } from './canonicalize.ts'

/** What the first entry is chained to. */
export const AUDIT_GENESIS: Uint8Array = Buffer.alloc(32)

/** Keeps these hashes apart from any other SHA-256 in the system. */
const DOMAIN = Buffer.from('onefold.audit.entry.v1\n', 'utf8')

/**
 * The hash of an entry and, through `previousHash` (32 bytes, `AUDIT_GENESIS` for the first), of all before it.
 * SHA-256 over a domain, the previous hash and the entry's canonical JSON (RFC 8785). Only the six fields of an
 * audit entry count, so further columns of a row do not. Hash the entry before it is stored: `jsonb` changes numbers.
 */
export function chainEntry(previousHash: Uint8Array, entry: AuditEntry): Buffer {
  const { seq, at, actor, action, subject, details } = entry
  const canonical = canonicalize({ seq, at, actor, action, subject, details })
  return createHash('sha256').update(DOMAIN).update(previousHash).update(canonical, 'utf8').digest()
}
