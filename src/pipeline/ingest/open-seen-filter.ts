import { UUID_BYTES } from '../../store/uuid-column.ts'

/** 8 MiB: of a million ids one in a thousand is taken for seen, of ten million one in fifteen. */
const BITS = 2 ** 26

/** Tells which ids were certainly not seen before. */
export interface SeenFilter {
  /** Positions of those of a column of ids that may have been seen; none that was is missing. */
  find(ids: Uint8Array): Int32Array
  note(ids: Uint8Array): void
}

/**
 * Opens a filter over UUIDs made of hashes (Bloom, CACM 13(7), 1970) with two probes, which they give
 * themselves. What a first delivery brings is then looked for in the store only if it may be there.
 */
export function openSeenFilter(): SeenFilter {
  const words = new Int32Array(BITS / 32)
  const has = (bit: number): boolean => (words[bit >>> 5]! & (1 << (bit & 31))) !== 0
  const set = (bit: number): void => void (words[bit >>> 5]! |= 1 << (bit & 31))
  return {
    find(ids) {
      const found: number[] = []
      for (let row = 0; row < ids.length / UUID_BYTES; row++)
        if (has(probe(ids, row, 0)) && has(probe(ids, row, 10))) found.push(row)
      return Int32Array.from(found)
    },
    note(ids) {
      for (let row = 0; row < ids.length / UUID_BYTES; row++) {
        set(probe(ids, row, 0))
        set(probe(ids, row, 10))
      }
    },
  }
}

/** 26 bits of an id that no version or variant is written over. */
function probe(ids: Uint8Array, row: number, from: 0 | 10): number {
  const at = row * UUID_BYTES + from
  return ((ids[at]! & 3) << 24) | (ids[at + 1]! << 16) | (ids[at + 2]! << 8) | ids[at + 3]!
}
