import type { Buffer } from 'node:buffer'
import { ElementSplitter } from './element-splitter.ts'
import { encodeDelimiter } from './encode-delimiter.ts'
import type { FileFormat } from './file-format.ts'
import { findJsonShape } from './find-json-shape.ts'
import { inflateHead } from './inflate-head.ts'
import { MAX_ROW_BYTES } from './read-limits.ts'
import type { ReadOptions } from './read-options.ts'
import { RecordSplitter } from './record-splitter.ts'
import type { RowSplitter } from './row-slice.ts'
import { TextWindow } from './text-window.ts'

/** The splitter for a format, set to go on at `firstByte` of the decompressed input. */
export function openRowSplitter(
  format: FileFormat,
  head: Buffer,
  firstByte: number,
  options: ReadOptions,
): RowSplitter {
  const { encoding } = format
  const common = {
    encoding,
    firstByte,
    firstLine: options.checkpoint?.line ?? 1,
    maxRowBytes: options.maxRowBytes ?? MAX_ROW_BYTES,
  }
  if (format.syntax === 'csv') {
    return new RecordSplitter({ ...common, delimiter: encodeDelimiter(format.delimiter ?? ',', encoding) })
  }
  if (format.syntax === 'jsonl') return new RecordSplitter(common)

  const text = format.container === 'gzip' ? inflateHead(head) : head
  const window = new TextWindow(encoding, 0)
  window.push(text.subarray(format.bomBytes), 0)
  const shape = findJsonShape(window.view)
  if (shape.shape === 'envelope') {
    options.onNotice?.({ code: 'json.envelope', detail: 'rows are read from the array inside an object' })
  }
  return new ElementSplitter({ ...common, shape, atStart: firstByte <= format.bomBytes })
}
