import { hash } from 'node:crypto'
import type { MerkleFrontier } from './append-leaf.ts'
import { hashNode } from './merkle-node.ts'

/** The Merkle root of all leaves appended so far, equal to `merkleRoot` over them. */
export function deriveFrontierRoot(frontier: MerkleFrontier): Buffer {
  const smallestFirst = frontier.subtrees.toReversed()
  const [smallest, ...larger] = smallestFirst
  if (!smallest) return hash('sha256', Buffer.alloc(0), 'buffer')
  return larger.reduce<Buffer>((right, left) => hashNode(left, right), Buffer.from(smallest))
}
