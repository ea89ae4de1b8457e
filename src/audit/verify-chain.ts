import { OnefoldError } from '../errors.ts'
import { appendLeaf, EMPTY_FRONTIER } from './append-leaf.ts'
import type { AuditRoot, ChainedAuditEntry } from './audit-entry.ts'
import { AUDIT_GENESIS, chainEntry } from './chain-entry.ts'
import { deriveFrontierRoot } from './derive-frontier-root.ts'

export interface ChainFinding {
  readonly code:
    | 'entry.out_of_place' // not the number after the one before: something was removed, repeated, added or moved
    | 'entry.hash_differs' // the entry, its hash, or one before it was changed
    | 'entry.not_canonical' // a field holds what no writer of ours would write
    | 'root.differs' // the log up to here is not the one the root was taken of
    | 'root.malformed' // the root's own count and number do not agree
    | 'log.truncated' // entries a root has seen are gone
  readonly seq: number
}

/**
 * What in a log is not as it was written: edits, deletions, repeats, re-ordering, truncation. Empty when all is well.
 * `entries` in stored order from the first on, read once; memory does not grow with them. Roots kept outside the
 * database show what a chain alone cannot: a log rewritten from some entry on, and a missing tail, up to the last root.
 * After a difference the chain goes on from the stored hash, so that one edit is one finding.
 */
export function verifyChain(entries: Iterable<ChainedAuditEntry>, roots: readonly AuditRoot[]): ChainFinding[] {
  const findings: ChainFinding[] = []
  const rootsBySeq = new Map<number, AuditRoot[]>()
  for (const root of roots) rootsBySeq.set(root.uptoSeq, [...(rootsBySeq.get(root.uptoSeq) ?? []), root])
  let previousHash = AUDIT_GENESIS
  let frontier = EMPTY_FRONTIER
  let expectedSeq = 1
  for (const entry of entries) {
    if (entry.seq !== expectedSeq) findings.push({ code: 'entry.out_of_place', seq: entry.seq })
    expectedSeq = entry.seq + 1
    const hash = tryChain(previousHash, entry)
    if (!hash) findings.push({ code: 'entry.not_canonical', seq: entry.seq })
    else if (!hash.equals(entry.hash)) findings.push({ code: 'entry.hash_differs', seq: entry.seq })
    previousHash = entry.hash
    frontier = appendLeaf(frontier, entry.hash)
    for (const root of rootsBySeq.get(frontier.leafCount) ?? []) {
      if (!deriveFrontierRoot(frontier).equals(root.root)) findings.push({ code: 'root.differs', seq: root.uptoSeq })
    }
  }
  for (const root of roots) {
    if (root.count !== root.uptoSeq) findings.push({ code: 'root.malformed', seq: root.uptoSeq })
    else if (root.uptoSeq > frontier.leafCount) findings.push({ code: 'log.truncated', seq: root.uptoSeq })
  }
  return findings
}

function tryChain(previousHash: Uint8Array, entry: ChainedAuditEntry): Buffer | undefined {
  try {
    return chainEntry(previousHash, entry)
  } catch (error) {
    // The verifier must reach the end of a damaged log: an entry without canonical form is a finding, not a crash.
    if (error instanceof OnefoldError) return undefined
    throw error
  }
}
