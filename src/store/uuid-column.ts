/** Bytes of a UUID. */
export const UUID_BYTES = 16
const WORDS = UUID_BYTES / Uint32Array.BYTES_PER_ELEMENT

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))
const DIGITS = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0))
const COMMA = 0x2c

/**
 * Writes an id of 16 characters, each of them a byte (`hashToId`), as the UUID at a position of a column: version 8, and
 * the variant in the upper two bits of the ninth byte (RFC 9562).
 */
export function writeId(column: Uint8Array, index: number, id: string): void {
  const at = index * UUID_BYTES
  for (let byte = 0; byte < UUID_BYTES; byte++) column[at + byte] = id.charCodeAt(byte)
  column[at + 6] = (column[at + 6]! & 0x0f) | 0x80
  column[at + 8] = (column[at + 8]! & 0x3f) | 0x80
}

/** The text of the UUID that `writeId` makes of an id. */
export function spellId(id: string): string {
  const column = new Uint8Array(UUID_BYTES)
  writeId(column, 0, id)
  return readUuid(column, 0)
}

/** The text of the UUID at a position of a column of UUIDs. */
export function readUuid(column: Uint8Array, index: number): string {
  let text = ''
  for (let byte = 0; byte < UUID_BYTES; byte++) {
    if (byte === 4 || byte === 6 || byte === 8 || byte === 10) text += '-'
    text += HEX[column[index * UUID_BYTES + byte]!]!
  }
  return text
}

/** Whether the UUID at a position of a column is all zeros, which stands for none. */
export function isNil(column: Uint8Array, index: number): boolean {
  for (let at = index * UUID_BYTES; at < (index + 1) * UUID_BYTES; at++) if (column[at] !== 0) return false
  return true
}

/** Whether two columns have the same UUID at a position. */
export function isSame(left: Uint8Array, right: Uint8Array, index: number): boolean {
  for (let at = index * UUID_BYTES; at < (index + 1) * UUID_BYTES; at++) if (left[at] !== right[at]) return false
  return true
}

/** A column of UUIDs from their texts. */
export function packUuids(texts: readonly string[]): Uint8Array<ArrayBuffer> {
  const column = new Uint8Array(texts.length * UUID_BYTES)
  for (const [index, text] of texts.entries())
    column.set(Buffer.from(text.replaceAll('-', ''), 'hex'), index * UUID_BYTES)
  return column
}

/** The UUIDs of a column at these positions, which ascend without repeats. */
export function takeUuids(column: Uint8Array, positions: Int32Array): Uint8Array {
  if (positions.length * UUID_BYTES === column.length) return column
  const taken = new Uint8Array(positions.length * UUID_BYTES)
  for (let index = 0; index < positions.length; index++) {
    const from = positions[index]! * UUID_BYTES
    taken.set(column.subarray(from, from + UUID_BYTES), index * UUID_BYTES)
  }
  return taken
}

/** A column as the text of a PostgreSQL array, for one parameter: `${spellUuids(ids)}::uuid[]`. */
export function spellUuids(column: Uint8Array): string {
  const count = column.length / UUID_BYTES
  // Two digits a byte, and a comma after each but the last.
  const text = Buffer.allocUnsafe(Math.max(0, count * (UUID_BYTES * 2 + 1) - 1))
  let at = 0
  for (let byte = 0; byte < column.length; byte++) {
    if (byte % UUID_BYTES === 0 && byte > 0) text[at++] = COMMA
    text[at++] = DIGITS[column[byte]! >> 4]!
    text[at++] = DIGITS[column[byte]! & 15]!
  }
  return `{${text.toString('latin1')}}`
}

/** A batch has fewer rows. */
const POSITIONS = 2 ** 16

/** Positions in the order of the first 36 bits of the ids: numbers sort much faster than texts, and more is not needed. */
export function sortByStart(ids: Uint8Array): number[] {
  const keys = new Float64Array(ids.length / UUID_BYTES)
  for (let index = 0; index < keys.length; index++) {
    const at = index * UUID_BYTES
    const start =
      ids[at]! * 2 ** 28 + ids[at + 1]! * 2 ** 20 + ids[at + 2]! * 2 ** 12 + ids[at + 3]! * 2 ** 4 + (ids[at + 4]! >> 4)
    keys[index] = start * POSITIONS + index
  }
  return Array.from(keys.sort(), (key) => key % POSITIONS)
}

/** Tells repeats among the UUIDs of a column that is filled from the front. */
export interface RepeatFinder {
  /** The first index asked about whose UUID equals the one at this index: the index itself when it is new. */
  findFirst(index: number): number
  clear(): void
}

/**
 * Opens a finder of repeats over a column of at most `capacity` UUIDs, below 2^16, hashes themselves: an open hash table
 * of indexes. Sets of texts, which grow with each batch, were a twentieth of judging a row.
 */
export function openRepeatFinder(column: Uint8Array<ArrayBuffer>, capacity: number): RepeatFinder {
  const words = new Uint32Array(column.buffer, column.byteOffset, capacity * WORDS)
  const slots = new Uint16Array(2 ** Math.ceil(Math.log2(capacity * 2)))
  const mask = slots.length - 1
  const areEqual = (left: number, right: number): boolean =>
    words[left] === words[right] &&
    words[left + 1] === words[right + 1] &&
    words[left + 2] === words[right + 2] &&
    words[left + 3] === words[right + 3]
  return {
    findFirst(index) {
      let slot = words[index * WORDS]! & mask
      for (; slots[slot] !== 0; slot = (slot + 1) & mask)
        if (areEqual((slots[slot]! - 1) * WORDS, index * WORDS)) return slots[slot]! - 1
      slots[slot] = index + 1
      return index
    },
    clear: () => void slots.fill(0),
  }
}
