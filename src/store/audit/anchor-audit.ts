import type { AuditRoot } from '../../audit/audit-entry.ts'
import { appendLeaf, EMPTY_FRONTIER, type MerkleFrontier } from '../../audit/append-leaf.ts'
import { deriveFrontierRoot } from '../../audit/derive-frontier-root.ts'
import type { Tx } from '../open-store.ts'
import { type AuditNote, chainNotes, insertNotes, lockTail } from './append-audit.ts'

const HASH_BYTES = 32

/**
 * Appends to the audit log as `appendAudit` does, and writes a Merkle root over all of it (RFC 6962), so that a cut tail
 * shows (P18); returns the root.
 * Goes on from the last root, so that its cost does not grow with the log; whoever changes what is kept there makes all
 * later roots wrong, which `verify` sees, since it begins at the first entry. Call it last, as `appendAudit`.
 */
export async function anchorAudit(tx: Tx, ...notes: readonly AuditNote[]): Promise<AuditRoot> {
  const [tail, [last], rows] = await Promise.all([
    lockTail(tx),
    tx<{ count: number; frontier: Buffer }[]>`
      SELECT count, frontier FROM onefold.audit_roots WHERE frontier IS NOT NULL ORDER BY count DESC LIMIT 1`,
    tx<{ hash: Buffer }[]>`
      SELECT hash FROM onefold.audit_log WHERE seq > coalesce(
        (SELECT count FROM onefold.audit_roots WHERE frontier IS NOT NULL ORDER BY count DESC LIMIT 1), 0) ORDER BY seq`,
  ])
  let frontier = last === undefined ? EMPTY_FRONTIER : readFrontier(last.count, last.frontier)
  const chained = chainNotes(tail, notes)
  for (const { hash } of [...rows, ...chained]) frontier = appendLeaf(frontier, hash)
  const root = deriveFrontierRoot(frontier)
  const { leafCount: count, subtrees } = frontier
  await Promise.all([
    insertNotes(tx, chained),
    tx`
    INSERT INTO onefold.audit_roots (count, root, frontier, at)
    VALUES (${count}, ${root}, ${Buffer.concat(subtrees)}, clock_timestamp()) ON CONFLICT (count) DO NOTHING`,
  ])
  return { uptoSeq: count, count, root }
}

function readFrontier(leafCount: number, bytes: Buffer): MerkleFrontier {
  const subtrees = Array.from({ length: bytes.length / HASH_BYTES }, (_, place) =>
    bytes.subarray(place * HASH_BYTES, (place + 1) * HASH_BYTES),
  )
  return { leafCount, subtrees }
}
