import { OnefoldError } from '../errors.ts'
import { merkleRoot } from './merkle-root.ts'
import { splitSize } from './split-size.ts'

/**
 * The hashes that show that the first `oldCount` of these leaves are unchanged (RFC 6962 section 2.1.2, 2013).
 * Throws `audit.no_such_leaf` (invariant) unless `oldCount` is 1 to the number of leaves.
 */
export function proveConsistency(leaves: readonly Uint8Array[], oldCount: number): Buffer[] {
  if (!Number.isInteger(oldCount) || oldCount < 1 || oldCount > leaves.length) {
    throw new OnefoldError('invariant', 'audit.no_such_leaf', 'There is no such leaf.', {
      details: { oldCount, leafCount: leaves.length },
    })
  }
  return proveSubtree(leaves, oldCount, true)
}

/** `isWholeOld`: this subtree is all of the old tree, so its verifier has the hash already. */
function proveSubtree(leaves: readonly Uint8Array[], oldCount: number, isWholeOld: boolean): Buffer[] {
  if (oldCount === leaves.length) return isWholeOld ? [] : [merkleRoot(leaves)]
  const middle = splitSize(leaves.length)
  const left = leaves.slice(0, middle)
  const right = leaves.slice(middle)
  return oldCount <= middle
    ? [...proveSubtree(left, oldCount, isWholeOld), merkleRoot(right)]
    : [...proveSubtree(right, oldCount - middle, false), merkleRoot(left)]
}
