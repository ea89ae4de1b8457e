import { hashLeaf, hashNode } from './merkle-node.ts'
import { splitSize } from './split-size.ts'

/**
 * Whether a leaf stands at `index` (from 0) among the `leafCount` leaves that a root stands for.
 * Needs only the proof, not the log. A proof too short, too long or for another place is false, never an error.
 */
export function verifyInclusion(
  leaf: Uint8Array,
  index: number,
  leafCount: number,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (!Number.isInteger(index) || index < 0 || index >= leafCount) return false
  const derived = climb(hashLeaf(leaf), index, leafCount, proof)
  return derived !== undefined && derived.equals(root)
}

function climb(leafHash: Buffer, index: number, leafCount: number, proof: readonly Uint8Array[]): Buffer | undefined {
  if (leafCount === 1) return proof.length === 0 ? leafHash : undefined
  const sibling = proof.at(-1)
  if (!sibling) return undefined
  const middle = splitSize(leafCount)
  const below = proof.slice(0, -1)
  if (index < middle) {
    const left = climb(leafHash, index, middle, below)
    return left && hashNode(left, sibling)
  }
  const right = climb(leafHash, index - middle, leafCount - middle, below)
  return right && hashNode(sibling, right)
}
