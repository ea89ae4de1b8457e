import { hashLeaf, hashNode } from './merkle-node.ts'

/** The perfect subtrees of a Merkle tree, largest first: all that must be remembered to go on adding leaves. */
export interface MerkleFrontier {
  readonly leafCount: number
  /** One hash for each 1 in the binary form of `leafCount`, highest bit first. */
  readonly subtrees: readonly Uint8Array[]
}

export const EMPTY_FRONTIER: MerkleFrontier = { leafCount: 0, subtrees: [] }

/** The frontier after one more leaf. Memory grows with the logarithm of the number of leaves. */
export function appendLeaf(frontier: MerkleFrontier, leaf: Uint8Array): MerkleFrontier {
  const subtrees = [...frontier.subtrees]
  let merged: Uint8Array = hashLeaf(leaf)
  // As in adding one to a binary number: each trailing 1 carries. Division, not bits: counts may pass 2^31.
  for (let rest = frontier.leafCount; rest % 2 === 1; rest = (rest - 1) / 2) {
    const left = subtrees.pop()
    if (left) merged = hashNode(left, merged)
  }
  return { leafCount: frontier.leafCount + 1, subtrees: [...subtrees, merged] }
}
