import { OnefoldError } from '../errors.ts'
import { merkleRoot } from './merkle-root.ts'
import { splitSize } from './split-size.ts'

/**
 * The hashes that lead from one leaf to the root, nearest first (RFC 6962 section 2.1.1, 2013).
 * `index` counts from 0. Throws `audit.no_such_leaf` (invariant) outside the list.
 */
export function proveInclusion(leaves: readonly Uint8Array[], index: number): Buffer[] {
  if (!Number.isInteger(index) || index < 0 || index >= leaves.length) {
    throw new OnefoldError('invariant', 'audit.no_such_leaf', 'There is no such leaf.', {
      details: { index, leafCount: leaves.length },
    })
  }
  if (leaves.length === 1) return []
  const middle = splitSize(leaves.length)
  const left = leaves.slice(0, middle)
  const right = leaves.slice(middle)
  return index < middle
    ? [...proveInclusion(left, index), merkleRoot(right)]
    : [...proveInclusion(right, index - middle), merkleRoot(left)]
}
