import { hash } from 'node:crypto'
import { hashLeaf, hashNode } from './merkle-node.ts'
import { splitSize } from './split-size.ts'

/**
 * The Merkle tree hash of a list of leaves, in order (RFC 6962 section 2.1, 2013); none give SHA-256 of nothing.
 * Any change, swap, insertion or removal of a leaf gives another root. Checked against the RFC's published vectors.
 */
export function merkleRoot(leaves: readonly Uint8Array[]): Buffer {
  return leaves.length === 0 ? hash('sha256', Buffer.alloc(0), 'buffer') : hashRange(leaves, 0, leaves.length)
}

function hashRange(leaves: readonly Uint8Array[], from: number, to: number): Buffer {
  if (to - from === 1) return hashLeaf(leaves[from] ?? new Uint8Array(0))
  const middle = from + splitSize(to - from)
  return hashNode(hashRange(leaves, from, middle), hashRange(leaves, middle, to))
}
