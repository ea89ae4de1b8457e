import { hash } from 'node:crypto'

/**
 * The hash of a leaf, or of two children (RFC 6962 section 2.1, 2013).
 * Leaves start with 0x00 and inner nodes with 0x01, so that no node can pass for a leaf (second preimage).
 */
export function hashLeaf(leaf: Uint8Array): Buffer {
  return hash('sha256', Buffer.concat([Buffer.of(0), leaf]), 'buffer')
}

export function hashNode(left: Uint8Array, right: Uint8Array): Buffer {
  return hash('sha256', Buffer.concat([Buffer.of(1), left, right]), 'buffer')
}
