import { hashNode } from './merkle-node.ts'
import { splitSize } from './split-size.ts'

/**
 * Whether the log behind `newRoot` (`newCount` leaves) begins with the very log behind `oldRoot` (`oldCount` leaves).
 * Needs only the proof (RFC 6962 section 2.1.2, 2013). A malformed proof is false, never an error.
 */
export function verifyConsistency(
  oldRoot: Uint8Array,
  oldCount: number,
  newRoot: Uint8Array,
  newCount: number,
  proof: readonly Uint8Array[],
): boolean {
  if (!Number.isInteger(oldCount) || oldCount < 1 || oldCount > newCount) return false
  const derived = climb(oldCount, newCount, true, proof, Buffer.from(oldRoot))
  return derived !== undefined && derived.old.equals(oldRoot) && derived.new.equals(newRoot)
}

/** The old and the new hash of one subtree as the proof claims them. */
function climb(
  oldCount: number,
  newCount: number,
  isWholeOld: boolean,
  proof: readonly Uint8Array[],
  oldRoot: Buffer,
): { old: Buffer; new: Buffer } | undefined {
  if (oldCount === newCount) {
    if (isWholeOld) return proof.length === 0 ? { old: oldRoot, new: oldRoot } : undefined
    const [only, ...rest] = proof
    return only && rest.length === 0 ? { old: Buffer.from(only), new: Buffer.from(only) } : undefined
  }
  const sibling = proof.at(-1)
  if (!sibling) return undefined
  const middle = splitSize(newCount)
  const below = proof.slice(0, -1)
  if (oldCount <= middle) {
    const left = climb(oldCount, middle, isWholeOld, below, oldRoot)
    return left && { old: left.old, new: hashNode(left.new, sibling) }
  }
  const right = climb(oldCount - middle, newCount - middle, false, below, oldRoot)
  return right && { old: hashNode(sibling, right.old), new: hashNode(sibling, right.new) }
}
