export const PAGE_VERSION = 1
/** Version byte and the number of rows. */
export const PAGE_HEADER_BYTES = 3
/** Lengths of a row's two parts. */
export const PAGE_ENTRY_BYTES = 8
const FIRST_CAPACITY = 64 * 1024

/** A page in the making: rows are copied in one by one, so that nothing of them is kept elsewhere. */
export interface PageWriter {
  /** Rows and bytes since the last `take`. */
  readonly rows: number
  readonly bytes: number
  /** Adds a row: its bytes exactly as received, and what was understood of it, as JSON or empty. */
  add(raw: Uint8Array, description: string): void
  /** The page so far, valid until the next `add`; begins a new one. */
  take(): Buffer
}

/**
 * Opens a writer of pages: the payloads of rows that share an envelope, so that sealing costs a row next to nothing.
 * Layout: `[version][rows, 2 bytes][length of raw, length of description, 4 bytes each, for each row][raw, description
 * of each row]`, big-endian, descriptions in UTF-8. `JSON.stringify` escapes lone surrogates, so its output survives.
 */
export function openPageWriter(): PageWriter {
  let body = Buffer.allocUnsafe(FIRST_CAPACITY)
  let bytes = 0
  let lengths: number[] = []
  return {
    get rows() {
      return lengths.length / 2
    },
    get bytes() {
      return bytes
    },
    add(raw, description) {
      // UTF-8 needs at most three bytes a UTF-16 unit.
      const most = bytes + raw.length + description.length * 3
      if (most > body.length) body = Buffer.concat([body.subarray(0, bytes)], Math.max(most, body.length * 2))
      body.set(raw, bytes)
      const described = description === '' ? 0 : body.write(description, bytes + raw.length, 'utf8')
      lengths.push(raw.length, described)
      bytes += raw.length + described
    },
    take() {
      const header = Buffer.allocUnsafe(PAGE_HEADER_BYTES + (lengths.length / 2) * PAGE_ENTRY_BYTES)
      header.writeUInt8(PAGE_VERSION, 0)
      let at = header.writeUInt16BE(lengths.length / 2, 1)
      for (const length of lengths) at = header.writeUInt32BE(length, at)
      const page = Buffer.concat([header, body.subarray(0, bytes)])
      if (body.length > FIRST_CAPACITY) body = Buffer.allocUnsafe(FIRST_CAPACITY)
      lengths = []
      bytes = 0
      return page
    },
  }
}
