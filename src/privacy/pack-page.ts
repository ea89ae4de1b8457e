export const PAGE_VERSION = 1
/** Version byte and the number of rows. */
export const PAGE_HEADER_BYTES = 3
/** Lengths of a row's two parts. */
export const PAGE_ENTRY_BYTES = 8
const PAGE_MOST_ROWS = 64
/** The header is as long as it has rows: it is written last, so that it ends where they begin. */
const ROOM_FOR_HEADER = PAGE_HEADER_BYTES + PAGE_MOST_ROWS * PAGE_ENTRY_BYTES
const FIRST_CAPACITY = 64 * 1024

/** A page in the making: rows are copied in one by one, so that nothing of them is kept elsewhere. */
export interface PageWriter {
  /** Rows and bytes since the last `take`. */
  readonly rows: number
  readonly bytes: number
  /**
   * Adds a row, at most `PAGE_MOST_ROWS` of them: its bytes exactly as received, and what was understood of it, as JSON
   * in UTF-8 or empty.
   */
  add(raw: Uint8Array, description: Uint8Array): void
  /** The page so far, valid until the next `add`; begins a new one. */
  take(): Buffer
}

/**
 * Opens a writer of pages: the payloads of rows that share an envelope, so that sealing costs a row next to nothing.
 * Layout: `[version][rows, 2 bytes][length of raw, length of description, 4 bytes each, for each row][raw, description
 * of each row]`, big-endian.
 */
export function openPageWriter(): PageWriter {
  let page = Buffer.allocUnsafe(FIRST_CAPACITY)
  let end = ROOM_FOR_HEADER
  let rows = 0
  const lengths = new Uint32Array(PAGE_MOST_ROWS * 2)
  return {
    get rows() {
      return rows
    },
    get bytes() {
      return end - ROOM_FOR_HEADER
    },
    add(raw, description) {
      if (rows >= PAGE_MOST_ROWS) throw new RangeError(`a page has at most ${PAGE_MOST_ROWS} rows`)
      const most = end + raw.length + description.length
      if (most > page.length) page = Buffer.concat([page.subarray(0, end)], Math.max(most, page.length * 2))
      page.set(raw, end)
      page.set(description, end + raw.length)
      lengths[rows * 2] = raw.length
      lengths[rows * 2 + 1] = description.length
      rows++
      end = most
    },
    take() {
      const begin = ROOM_FOR_HEADER - PAGE_HEADER_BYTES - rows * PAGE_ENTRY_BYTES
      page.writeUInt8(PAGE_VERSION, begin)
      let at = page.writeUInt16BE(rows, begin + 1)
      for (let entry = 0; entry < rows * 2; entry++) at = page.writeUInt32BE(lengths[entry]!, at)
      const taken = page.subarray(begin, end)
      if (page.length > FIRST_CAPACITY) page = Buffer.allocUnsafe(FIRST_CAPACITY)
      end = ROOM_FOR_HEADER
      rows = 0
      return taken
    },
  }
}
