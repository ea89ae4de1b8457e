import { takeUuids, UUID_BYTES } from '../../store/uuid-column.ts'

/** 8 MiB: of a million records one in a thousand is taken for seen, of ten million one in fifteen. */
const BITS = 2 ** 26

/** Tells which records were certainly not seen before. */
export interface SeenFilter {
  /** Those of a column of record ids that may have been seen; none that was is missing. */
  pick(recordIds: Uint8Array): Uint8Array
  note(recordIds: Uint8Array): void
}

/**
 * Opens a filter over record ids (Bloom, CACM 13(7), 1970) with two probes, which the ids give themselves: they are
 * hashes. What a first delivery brings is then looked for in the store only if it may be there.
 */
export function openSeenFilter(): SeenFilter {
  const words = new Int32Array(BITS / 32)
  const has = (bit: number): boolean => (words[bit >>> 5]! & (1 << (bit & 31))) !== 0
  const set = (bit: number): void => void (words[bit >>> 5]! |= 1 << (bit & 31))
  return {
    pick(recordIds) {
      const picked: number[] = []
      for (let row = 0; row < recordIds.length / UUID_BYTES; row++)
        if (has(probe(recordIds, row, 0)) && has(probe(recordIds, row, 10))) picked.push(row)
      return takeUuids(recordIds, Int32Array.from(picked))
    },
    note(recordIds) {
      for (let row = 0; row < recordIds.length / UUID_BYTES; row++) {
        set(probe(recordIds, row, 0))
        set(probe(recordIds, row, 10))
      }
    },
  }
}

/** 26 bits of an id that no version or variant is written over. */
function probe(recordIds: Uint8Array, row: number, from: 0 | 10): number {
  const at = row * UUID_BYTES + from
  return ((recordIds[at]! & 3) << 24) | (recordIds[at + 1]! << 16) | (recordIds[at + 2]! << 8) | recordIds[at + 3]!
}
