/** Keys of blocking lie below this, so that key and row number together fit into a double: 29 + 24 bits. */
const KEY_BITS = 29

/** A text as a number from 1 to 2^29 - 1, the same in every run (FNV-1a with Murmur's last mixing); 0 for no text. */
export function hashText(text: string): number {
  if (text === '') return 0
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return foldHash(hash)
}

/** `hashText` of `prefix`, an ASCII character, and some bytes of ASCII. */
export function hashBytes(prefix: number, bytes: Uint8Array, from: number, to: number): number {
  let hash = Math.imul(0x811c9dc5 ^ prefix, 0x01000193)
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193)
  return foldHash(hash)
}

/** Two hashes as one, order counting; 0 when either is 0, because a key with a part missing is no key. */
export function joinHashes(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : foldHash(Math.imul(a, 0x9e3779b1) ^ (b + 0x7f4a7c15))
}

function foldHash(hash: number): number {
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> (32 - KEY_BITS) || 1
}
